"""Onrecord: news articles in, a queryable record of who said what out."""

__version__ = "0.1.0"

"""Scoring against gold data."""

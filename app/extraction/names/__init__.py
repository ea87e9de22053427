"""Mentions of people, organisations and places by name."""

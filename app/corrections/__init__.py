"""Editors' corrections and suppressions, laid over extractions."""

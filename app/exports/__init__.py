"""Quotes as files and feeds: CSV, NDJSON, Parquet and Atom.

Everything here turns rows of the store into text or files, for the API and the command line alike.
"""

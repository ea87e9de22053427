"""Tests of the readers: bad input first, the smallest documents that show it, fictional people."""

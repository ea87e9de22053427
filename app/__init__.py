"""Onrecord: news articles in, a queryable record of who said what out."""

import os

__version__ = "0.1.0"

# Small matrices on few cores: OpenBLAS threads cost more CPU than they bring, and several workers
# would compete for the same cores. It must stand before numpy is first imported, hence here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

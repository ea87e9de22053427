"""From a document to its mentions, entities and quotes: spaCy components and pure functions."""

import os

# Small matrices on few cores: OpenBLAS threads cost more than they bring, and several workers would
# compete for the same cores. Must stand before numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

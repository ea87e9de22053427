"""From a document to its mentions, entities and quotes: spaCy components and pure functions."""

"""Training the tagger of contents, cues and sources."""

"""Training the learned voter for the kinds of names."""

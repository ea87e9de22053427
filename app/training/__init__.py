"""Training the models that extraction and resolution run (needs the `train` extra)."""

"""Training the models that extraction runs (needs the `train` extra; nothing else imports it)."""

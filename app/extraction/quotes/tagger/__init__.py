"""Contents, cues and sources by a trained network (see `app/extraction/models/`)."""

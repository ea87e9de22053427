"""The HTTP API: the only package, beside `app.main`, that knows FastAPI."""

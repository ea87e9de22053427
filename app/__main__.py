"""`python -m app` is `onrecord`."""

from app.cli import main

main()

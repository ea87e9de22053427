"""Logging of one process: lines for people, or JSON for machines, on standard error.

Every record carries the id of the request or job it belongs to. No record carries text of an
article: what is logged names documents by origin, and errors by kind.
"""

from __future__ import annotations

import logging
import logging.config
from contextvars import ContextVar
from typing import Literal

Format = Literal["text", "json"]

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
job_id: ContextVar[str | None] = ContextVar("job_id", default=None)

LINE = "%(asctime)s %(levelname)s %(name)s%(context)s: %(message)s"
FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"


class Context(logging.Filter):
    """Puts the current request's or job's id on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass."""
        ids = {"request_id": request_id.get(), "job_id": job_id.get()}
        known = {name: value for name, value in ids.items() if value is not None}
        for name, value in known.items():
            setattr(record, name, value)
        record.context = "".join(f" [{value}]" for value in known.values())
        return True


def configure(level: str = "INFO", format: Format = "text") -> None:
    """Send every logger's records, uvicorn's too, to standard error in one form."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"context": {"()": Context}},
            "formatters": {
                "text": {"format": LINE},
                "json": {
                    "()": "pythonjsonlogger.json.JsonFormatter",
                    "fmt": FIELDS,
                    "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
                    "reserved_attrs": [*_reserved(), "context", "color_message"],
                },
            },
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "stream": "ext://sys.stderr",
                    "formatter": format,
                    "filters": ["context"],
                }
            },
            "root": {"level": level, "handlers": ["stderr"]},
            # Chatty below warnings, and about nothing of ours.
            "loggers": {name: {"level": "WARNING"} for name in ("alembic", "trafilatura", "httpx")},
        }
    )


def _reserved() -> list[str]:
    from pythonjsonlogger.core import RESERVED_ATTRS

    return list(RESERVED_ATTRS)

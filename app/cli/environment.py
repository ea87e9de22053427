"""What commands work with: settings, logging, the database, the extractor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import Engine

from app import logs
from app.settings import Settings, read_settings

if TYPE_CHECKING:
    from app.ingestion.workers import ExtractorSettings

Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes that extract.")]


def configured() -> Settings:
    """This process's settings; logging follows them from here on."""
    settings = read_settings()
    logs.configure(settings.log_level, settings.log_format)
    return settings


def database(settings: Settings, readonly: bool = False) -> Engine:
    """The database, whatever its schema is."""
    from app.store.session import open_database

    return open_database(settings.database_url, readonly=readonly)


def current_database(settings: Settings, readonly: bool = False) -> Engine:
    """The database. Raises StoreError where it has not this version's schema."""
    from app.store import migrate

    engine = database(settings, readonly)
    migrate.require_current(engine)
    return engine


def extractor(settings: Settings) -> ExtractorSettings:
    """What a process needs to build its extractor."""
    from app.ingestion.workers import ExtractorSettings

    return ExtractorSettings(
        settings.spacy_model, settings.extractor, settings.matrix_kernel, settings.batch_size
    )

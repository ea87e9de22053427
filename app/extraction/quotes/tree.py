"""A parse as plain lists, read once: the rules ask for children and edges very often.

spaCy's own `Token.children` walks the token's whole subtree, which is quadratic in a sentence
without end; here every answer costs what it returns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from app.domain import Span
from app.extraction.attributes import text_of

# Parse chains longer than this are no English sentence.
DEEPEST = 60
LOOSE = ("cc", "punct")
_TREE = "onrecord_tree"


def tree_of(doc: Doc) -> Tree:
    """The tree of a document, which all that read it share: making one takes time."""
    tree = doc.user_data.get(_TREE)
    if tree is None:
        tree = doc.user_data[_TREE] = Tree(doc)
    assert isinstance(tree, Tree)
    return tree


class Tree:
    """Heads, children, tags and text offsets of a parsed `Doc`."""

    def __init__(self, doc: Doc) -> None:
        self.text: str = text_of(doc)
        self.size = len(doc)
        self.head: list[int] = []
        self.dep: list[str] = []
        self.tag: list[str] = []
        self.word: list[str] = []
        self.space: list[bool] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.left: list[int] = []
        self.right: list[int] = []
        for token in doc:  # one pass: spaCy makes the token objects anew each time
            self.head.append(token.head.i)
            self.dep.append(token.dep_)
            self.tag.append(token.tag_)
            self.word.append(token.lower_)
            self.space.append(token.is_space)
            self.start.append(token.idx)
            self.end.append(token.idx + len(token))
            self.left.append(token.left_edge.i)
            self.right.append(token.right_edge.i)
        self.children: list[list[int]] = [[] for _ in range(self.size)]
        for i, head in enumerate(self.head):
            if head != i:
                self.children[head].append(i)
        self.sentence: list[tuple[int, int]] = [(0, self.size)] * self.size
        for sentence in doc.sents:
            bounds = (sentence.start, sentence.end)
            self.sentence[sentence.start : sentence.end] = [bounds] * (
                sentence.end - sentence.start
            )

    def reattach(self, i: int, head: int) -> None:
        """Hang conjunct `i` (with the conjunction and commas before it) on a verb further up."""
        old = self.head[i]
        low = max(
            (self.right[c] for c in self.children[old] if c < i and self.dep[c] not in LOOSE),
            default=old,
        )
        moved = [c for c in self.children[old] if c == i or (low < c < i and self.dep[c] in LOOSE)]
        moved += [c for c in self.children[old] if c > i]
        for c in moved:
            self.head[c] = head
        self.children[old] = [c for c in self.children[old] if c not in moved]
        self.children[head] = sorted([*self.children[head], *moved])
        self.right[old] = max([old, *(self.right[c] for c in self.children[old])])

    def first_at(self, position: int) -> int:
        """The first token that ends after a code point."""
        return bisect_right(self.end, position)

    def last_before(self, position: int) -> int:
        """One past the last token that starts before a code point."""
        return bisect_left(self.start, position)

    def span(self, first: int, end: int) -> Span | None:
        """Tokens [first, end) as a span without white space at its edges; None if none is left."""
        while first < end and self.space[first]:
            first += 1
        while end > first and self.space[end - 1]:
            end -= 1
        return Span(self.start[first], self.end[end - 1]) if first < end else None

    def child(self, i: int, *deps: str) -> int | None:
        """The first child with one of the relations."""
        return next((c for c in self.children[i] if self.dep[c] in deps), None)

    def any_child(self, i: int, *deps: str) -> bool:
        """Whether there is a child with one of the relations."""
        return self.child(i, *deps) is not None

    def up(self, i: int) -> list[int]:
        """The token's ancestors, nearest first (at most `DEEPEST`)."""
        chain: list[int] = []
        while self.head[i] != i and len(chain) < DEEPEST:
            i = self.head[i]
            chain.append(i)
        return chain

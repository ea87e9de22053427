"""From a cue to the words that name its source, by the parse.

A source is written as annotators of PolNeAR write it: the whole noun phrase with titles and
appositions, without a relative clause or an age behind a comma.
"""

from __future__ import annotations

from app.extraction.quotes.tree import Tree

Range = tuple[int, int]
SUBJECTS = ("nsubj", "csubj", "expl")
NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "WP"))
PHRASE_TAGS = NOUN_TAGS | frozenset(("JJ", "JJR", "JJS", "POS", "PRP$", "HYPH", "PDT", "CC", "RBS"))
VERB_TAGS = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
PERSON_PRONOUNS = frozenset(
    ("he", "she", "they", "i", "we", "who", "it", "you", "him", "her", "them")
)
# A phrase longer than this is a parse that ran away.
LONGEST_SOURCE = 40
LINKED = ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp")


def phrase(tree: Tree, head: int) -> Range | None:
    """The noun phrase of `head`, cut before a relative clause or an age behind a comma."""
    first, end = tree.left[head], tree.right[head] + 1
    low, high = tree.sentence[head]
    first, end = max(first, low), min(end, high)
    if tree.tag[head].startswith("W") or tree.word[head] in PERSON_PRONOUNS:
        first, end = head, head + 1
    for i in range(head + 1, min(end, head + LONGEST_SOURCE)):
        comma = tree.word[i] in (",", "—", "–", "--", "(", ";", ":")
        follows = tree.tag[i + 1] if i + 1 < end else ""
        if comma and (not follows or follows in ("WP", "WDT", "CD", "WRB", "VBG", "VBN", "WP$")):
            end = i
            break
        if tree.text[tree.start[i]] in '“”"«»„':
            end = i
            break
    bracket = next(
        (
            i
            for i in range(head - 1, max(first, head - LONGEST_SOURCE) - 1, -1)
            if tree.word[i] == ")"
        ),
        None,
    )
    if bracket is not None and "(" in tree.word[first:bracket]:
        first = bracket + 1
    if end - first > LONGEST_SOURCE:
        first, end = max(first, head - 6), head + 1
    while (
        end > head + 1 and not tree.word[end - 1][-1:].isalnum() and tree.word[end - 1] not in ".)"
    ):
        end -= 1
    while first < head and not tree.word[first][:1].isalnum():
        first += 1
    return (first, end) if first < end else None


def subject(tree: Tree, verb: int, low: int = 0, high: int | None = None) -> Range | None:
    """The phrase that says, believes or wants what `verb` reports; None if there is none.

    Walks up through conjuncts, complements and participles to the verb that has a subject; a
    participle behind a noun takes that noun. Only heads within tokens [low, high) are taken.
    """
    high = tree.size if high is None else high
    at, passive = verb, tree.any_child(verb, "auxpass")
    if passive:
        return _agent(tree, verb)
    for step, current in enumerate([verb, *tree.up(verb)[:6]]):
        if step and tree.tag[current] not in VERB_TAGS and tree.dep[at] in ("acl", "relcl"):
            return phrase(tree, current) if low <= current < high else None
        found = _nearest_subject(tree, current, SUBJECTS)
        if found is None and step:
            found = _nearest_subject(tree, current, ("nsubjpass",))
        if step and tree.dep[at] == "xcomp":
            held = tree.child(current, "dobj", "dative")
            found = held if held is not None and held < at else found
        if found is not None and found != verb and low <= found < high:
            return phrase(tree, found)
        if tree.dep[current] not in LINKED and tree.dep[current] not in ("acl", "relcl"):
            return None
        if tree.dep[current] == "ccomp" and tree.any_child(current, "mark"):
            return None
        at = current
    return None


def _nearest_subject(tree: Tree, verb: int, deps: tuple[str, ...]) -> int | None:
    """The subject right before a verb; of two (a dateline is often parsed as one) the nearer."""
    found = [c for c in tree.children[verb] if tree.dep[c] in deps]
    return next((c for c in reversed(found) if c < verb), found[0] if found else None)


def _agent(tree: Tree, verb: int) -> Range | None:
    """The "by …" of a passive."""
    for c in tree.children[verb]:
        if tree.dep[c] == "agent" or (tree.dep[c] == "prep" and tree.word[c] == "by"):
            held = tree.child(c, "pobj")
            if held is not None:
                return phrase(tree, held)
    return None


def before_verb(tree: Tree, low: int, verb: int) -> Range | None:
    """The noun phrase between `low` and a verb, by tags alone: the parse around quotes is poor."""
    end = verb
    while end > low and (
        tree.tag[end - 1].startswith(("RB", "VB", "MD")) or tree.word[end - 1] == ","
    ):
        end -= 1
    first = end
    while first > low and end - first < LONGEST_SOURCE:
        tag, word = tree.tag[first - 1], tree.word[first - 1]
        if tag not in PHRASE_TAGS and word not in ("of", "for", "at", "with"):
            break
        first -= 1
    return _trimmed(tree, first, end)


def after_verb(tree: Tree, verb: int, high: int) -> Range | None:
    """The noun phrase behind an inverted verb ("said Mira Kovalenko"), by tags alone."""
    first = verb + 1
    while first < high and tree.tag[first].startswith("RB"):
        first += 1
    end = first
    while end < min(high, first + LONGEST_SOURCE):
        tag, word = tree.tag[end], tree.word[end]
        linking = word in ("of", "for") and end > first
        apposed = (
            word == ","
            and end > first
            and end + 1 < high
            and tree.tag[end + 1] in ("DT", "NNP", "PRP$")
        )
        if tag not in PHRASE_TAGS and not linking and not apposed:
            break
        end += 1
    return _trimmed(tree, first, end)


def _trimmed(tree: Tree, first: int, end: int) -> Range | None:
    """The phrase without conjunctions at its edges; None unless it holds a noun or pronoun."""
    while first < end and tree.tag[first] in ("CC", "POS", "HYPH"):
        first += 1
    while end > first and (
        tree.tag[end - 1] in ("CC", "DT", "JJ", "POS") or tree.word[end - 1] == ","
    ):
        end -= 1
    nouns = any(tree.tag[i] in NOUN_TAGS for i in range(first, end))
    return (first, end) if nouns else None


def cue_range(tree: Tree, verb: int) -> Range:
    """A verb with the auxiliaries, negation and adverbs that touch it, and its particle."""
    first, end = verb, verb + 1
    sides = ("aux", "auxpass", "neg", "advmod")
    while first > 0 and tree.head[first - 1] == verb and tree.dep[first - 1] in sides:
        if tree.tag[first - 1] == "WRB":
            break
        first -= 1
    if end < tree.size and tree.head[end] == verb and tree.dep[end] == "prt":
        end += 1
    return first, end

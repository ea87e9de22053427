"""Reported speech, belief and intention: frames of a cue in the dependency parse.

Each frame is a function that looks at one cue and returns a draft or None; the frames are tried in
order and the first answer wins. After Krestel et al. 2008 (reported speech by verb frames) and the
attribution frames of PARC 3 (Pareti 2016).
"""

from __future__ import annotations

from collections.abc import Callable

from app.extraction.quotes import lexicon
from app.extraction.quotes.drafts import Draft, minus
from app.extraction.quotes.sources import VERB_TAGS, Range, cue_range, phrase, subject
from app.extraction.quotes.tree import Tree

Frame = Callable[[Tree, int], Draft | None]
# A sentence longer than this is a list or a table, and its parse worthless.
LONGEST_SENTENCE = 400
CLAUSAL_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
COMPLEMENTS = ("dobj", "oprd", "prep", "xcomp", "ccomp", "acomp", "dative", "pobj")


def _content(tree: Tree, first: int, end: int, holes: list[Range]) -> list[tuple[int, int]]:
    """Tokens [first, end) without the holes, as code-point pieces."""
    pieces = minus((first, end), holes)
    return [(tree.start[a], tree.end[b - 1]) for a, b in pieces]


def clause(tree: Tree, verb: int) -> Draft | None:
    """Say (that) …; …, he said; …, he said, …: a finite clause as the complement."""
    if tree.word[verb] not in lexicon.CLAUSE_FORMS or tree.any_child(verb, "auxpass"):
        return None
    complement = next(
        (c for c in tree.children[verb] if tree.dep[c] == "ccomp" and tree.tag[c] not in ("UH",)),
        None,
    )
    if complement is None:
        return _parenthesis(tree, verb)
    source = subject(tree, verb)
    first, end = tree.left[complement], tree.right[complement] + 1
    holes = [cue_range(tree, verb)]
    if complement > verb:
        first = max(first, verb + 1)
    elif source:
        holes.append(source)
        if end > verb:
            return _split(tree, verb, source, first, end)
    return Draft(_content(tree, first, end, holes), verb, cue_range(tree, verb), source)


def _parenthesis(tree: Tree, verb: int) -> Draft | None:
    """`The bridge, he said, is closed`: the cue hangs on the verb of the content."""
    if tree.word[verb] not in lexicon.CLAUSE_FORMS or tree.any_child(verb, "dobj", "xcomp", "mark"):
        return None
    if tree.dep[verb] not in ("parataxis", "ccomp", "advcl", "dep") or tree.head[verb] == verb:
        return None
    head = tree.head[verb]
    source = subject(tree, verb, tree.left[verb], tree.right[verb] + 1)
    if source is None or tree.tag[head] not in VERB_TAGS:
        return None
    if tree.dep[verb] != "parataxis" and not _bracketed(tree, verb):
        return None
    first, end = tree.left[head], tree.right[head] + 1
    return _split(tree, verb, source, first, end)


def _bracketed(tree: Tree, verb: int) -> bool:
    """Whether the cue's clause stands between commas (or a comma and the sentence's end)."""
    first, end = tree.left[verb], tree.right[verb] + 1
    low, high = tree.sentence[verb]
    before = first > low and tree.word[first - 1] == ","
    after = end >= high or tree.word[end] in (",", ".", ";")
    return before and after


def _split(tree: Tree, verb: int, source: Range, first: int, end: int) -> Draft:
    """Content on both sides of a parenthetical cue."""
    cue = cue_range(tree, verb)
    hole = (min(source[0], cue[0]), max(source[1], cue[1]))
    return Draft(_content(tree, first, end, [hole]), verb, cue, source)


def infinitive(tree: Tree, verb: int) -> Draft | None:
    """Wants to go, refused to say, claims to be: an infinitive as the complement."""
    word = tree.word[verb]
    if word not in lexicon.INTEND_FORMS or tree.any_child(verb, "auxpass", "dobj"):
        return None
    held = tree.child(verb, "xcomp")
    if held is None or held < verb:
        return None
    source = subject(tree, verb)
    if source is None:
        return None
    content = _content(tree, max(tree.left[held], verb + 1), tree.right[held] + 1, [])
    return Draft(content, verb, cue_range(tree, verb), source)


def person(tree: Tree, verb: int) -> Draft | None:
    """Urged voters to go, accused her of lying, called it "a joke": object and complement."""
    if tree.word[verb] not in lexicon.PERSON_FORMS or tree.any_child(verb, "auxpass"):
        return None
    parts = [
        c
        for c in tree.children[verb]
        if c > verb and tree.dep[c] in COMPLEMENTS and not _aside(tree, c)
    ]
    if not parts or tree.dep[parts[0]] not in ("dobj", "ccomp", "oprd", "xcomp"):
        return None
    source = subject(tree, verb)
    if source is None or (len(parts) == 1 and tree.dep[parts[0]] == "dobj"):
        return None
    content = _content(tree, verb + 1, tree.right[parts[-1]] + 1, [])
    return Draft(content, verb, cue_range(tree, verb), source)


def _aside(tree: Tree, i: int) -> bool:
    """Whether a prepositional phrase says when or where rather than what."""
    return tree.dep[i] == "prep" and tree.word[i] in (
        "in", "on", "at", "during", "after", "before", "since", "by", "from", "last", "through",
        "until",
    )  # fmt: skip


def called_on(tree: Tree, verb: int) -> Draft | None:
    """Called on the city to act: whoever is called on is part of what is wanted."""
    if lexicon.PERSON_FORMS.get(tree.word[verb]) != "call" or verb + 2 >= tree.size:
        return None
    source = subject(tree, verb)
    if tree.word[verb + 1] not in ("on", "upon") or source is None:
        return None
    held = [c for c in tree.children[verb] if c > verb and tree.dep[c] in (*COMPLEMENTS, "advcl")]
    wanted = [c for c in held if "to" in tree.word[tree.left[c] : c + 1]]
    if not wanted:
        return None
    content = _content(tree, verb + 2, tree.right[wanted[-1]] + 1, [])
    return Draft(content, verb, (cue_range(tree, verb)[0], verb + 2), source)


def preposition(tree: Tree, verb: int) -> Draft | None:
    """Called for talks, called on them to go, spoke about it, pointed to …"""
    base = lexicon.PREPOSITION_FORMS.get(tree.word[verb])
    if base is None or tree.any_child(verb, "dobj", "ccomp", "auxpass"):
        return None
    for c in tree.children[verb]:
        if c <= verb or tree.dep[c] != "prep" or tree.word[c] not in lexicon.PREPOSITIONAL[base]:
            continue
        held = tree.child(c, "pobj", "pcomp")
        source = subject(tree, verb)
        if held is None or source is None:
            return None
        cue = cue_range(tree, verb)
        cue = (cue[0], c + 1) if c <= cue[1] + 2 else cue
        return Draft(_content(tree, c + 1, tree.right[c] + 1, []), verb, cue, source)
    return None


def judgement(tree: Tree, verb: int) -> Draft | None:
    """Praised the plan, denied the charges: the object is what is judged or reported."""
    if tree.word[verb] not in lexicon.JUDGE_FORMS or tree.any_child(verb, "auxpass"):
        return None
    held = tree.child(verb, "dobj")
    source = subject(tree, verb)
    if held is None or held < verb or source is None:
        return None
    end = tree.right[held] + 1
    for c in tree.children[verb]:
        if c > held and tree.dep[c] in ("prep", "xcomp", "oprd") and not _aside(tree, c):
            end = max(end, tree.right[c] + 1)
    return Draft(_content(tree, verb + 1, end, []), verb, cue_range(tree, verb), source)


def seeming(tree: Tree, verb: int) -> Draft | None:
    """She seems tired, he is expected to win: nobody's view; the subject is part of the content."""
    word, passive = tree.word[verb], tree.any_child(verb, "auxpass")
    seems = word in lexicon.SEEM_FORMS and not passive
    believed = passive and word in lexicon.BELIEVE_FORMS and word not in ("seen", "shown", "found")
    if not seems and not (believed or (passive and word in ("said", "reported", "rumored"))):
        return None
    held = tree.child(verb, "xcomp", "oprd", "acomp", "ccomp")
    who = tree.child(verb, *CLAUSAL_SUBJECTS)
    if held is None or held < verb or who is None or who > verb:
        return None
    content = _content(tree, max(tree.left[held], verb + 1), tree.right[held] + 1, [])
    if tree.dep[who] != "expl" and tree.word[who] != "it":
        front = phrase(tree, who)
        content = ([(tree.start[front[0]], tree.end[front[1] - 1])] if front else []) + content
    return Draft(content, verb, cue_range(tree, verb), subject(tree, verb) if passive else None)


def according(tree: Tree, i: int) -> Draft | None:
    """According to X, …: the rest of the sentence (or clause) is X's."""
    if tree.word[i] != "according" or i + 2 >= tree.size or tree.word[i + 1] != "to":
        return None
    held = tree.child(i + 1, "pobj") or tree.child(i, "pobj")
    source = phrase(tree, held) if held is not None and held > i + 1 else None
    if source is None:
        return None
    low, high = tree.sentence[i]
    head = tree.head[i]
    while tree.head[head] != head and tree.tag[head] not in VERB_TAGS and head != i:
        head = tree.head[head]
    first, end = (tree.left[head], tree.right[head] + 1) if head != i else (low, high)
    first, end = max(first, low), min(end, high)
    content = _content(tree, first, end, [(i, source[1])])
    return Draft(content, i, (i, i + 2), (max(source[0], i + 2), source[1]))


def noun(tree: Tree, i: int) -> Draft | None:
    """Her claim that …, their plan to …: a noun of saying with its clause."""
    if tree.tag[i] not in ("NN", "NNS") or tree.word[i] not in lexicon.NOUNS:
        return None
    giver = _giver(tree, i)
    owner = tree.child(i, "poss") if giver is None else giver
    clauses = [c for c in tree.children[i] if c > i and tree.dep[c] in ("acl", "ccomp", "relcl")]
    held = next((c for c in clauses if _complement(tree, c, giver is not None)), None)
    if held is None or owner is None:
        return None
    source = phrase(tree, owner)
    content = _content(tree, tree.left[held], tree.right[held] + 1, [])
    return Draft(content, i, (i, i + 1), source)


def _giver(tree: Tree, i: int) -> int | None:
    """Whoever a promise or warning comes from ("a promise from the mayor that …")."""
    for c in tree.children[i]:
        if c > i and tree.word[c] in ("from", "by"):
            return tree.child(c, "pobj")
    return None


def _complement(tree: Tree, i: int, given: bool) -> bool:
    """Whether a clause behind a noun says what it holds ("that she left", "to leave").

    Behind a giver ("a promise from the mayor that …") even a `that` parsed as a relative word does.
    """
    first = tree.left[i]
    held = tree.word[first] == "that" and (given or tree.dep[first] == "mark")
    return held or tree.word[first] == "to"


VERB_FRAMES: tuple[Frame, ...] = (
    seeming,
    clause,
    infinitive,
    called_on,
    person,
    preposition,
    judgement,
)


def detach_conjuncts(tree: Tree, cues: list[int]) -> None:
    """Hang `accused` on `said` in "said it would leave, but accused her of lying".

    The parser likes the nearer verb; where the conjunct agrees in form with the cue and not with
    the verb of the clause, and has no subject, it belongs to the cue.
    """
    for i in cues:
        head = tree.head[i]
        cue = tree.head[head]
        if tree.dep[i] != "conj" or tree.dep[head] != "ccomp" or cue == head or cue > head:
            continue
        agrees = tree.tag[i] == tree.tag[cue] != tree.tag[head] and tree.tag[i] in ("VBD", "VBZ")
        if agrees and tree.word[cue] in lexicon.ALL_FORMS and not tree.any_child(i, "nsubj", "aux"):
            tree.reattach(i, cue)


def _frames(tree: Tree, i: int) -> tuple[Frame, ...]:
    """The frames that might start at a token."""
    if tree.tag[i] in VERB_TAGS and tree.dep[i] not in ("aux", "auxpass", "amod", "compound"):
        return (according, *VERB_FRAMES)
    return (according,) if tree.word[i] == "according" else (noun,)


def reported(tree: Tree, cues: list[int], frames: tuple[Frame, ...] = ()) -> list[Draft]:
    """The drafts of all frames (or of those given) for the given tokens, one a token at most."""
    drafts = []
    detach_conjuncts(tree, cues)
    for i in cues:
        low, high = tree.sentence[i]
        if high - low > LONGEST_SENTENCE:
            continue
        for frame in frames or _frames(tree, i):
            draft = frame(tree, i)
            if draft is not None and draft.content:
                drafts.append(draft)
                break
    return drafts

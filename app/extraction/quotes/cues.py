"""What a cue says was done: its class, and whether the content is asserted, denied or asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain import CueClass, Polarity, Span
from app.extraction.quotes import lexicon
from app.words import words

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
DENIES = frozenset(lexicon.table(["deny", "refute", "disavow", "repudiate", "rebut"]))
DOUBTS = frozenset(lexicon.table(["doubt", "dispute"]))
ASKS = frozenset(lexicon.table(["ask", "wonder", "inquire", "question"]))
DECLINES = frozenset(lexicon.table(["decline", "refuse"]))
NEGATIONS = frozenset(("not", "n't", "never", "no", "nor"))
WHETHER = re.compile(r"[\W_]*(?:whether|if|why|how|when|where|what|who|which)\b", re.IGNORECASE)
# An open question follows these even under a verb of saying ("declined to say whether").
OPEN = re.compile(r"[\W_]*(?:whether|if)\b", re.IGNORECASE)
WORD_CLASSES = {
    CueClass.BELIEF: words(
        """
    belief beliefs view views opinion opinions idea conviction suspicion suspicions notion
    support supporter supporters opposition opponent opponents convinced confident sceptical
    skeptical certain aware unaware likely expected reportedly supposedly allegedly
    """
    ),
    CueClass.FEELING: words(
        """
    hope hopes fear fears concern concerns worry worries doubt doubts sense afraid alarmed
    angered angry anxious ashamed concerned delighted disappointed dismayed eager excited
    frightened frustrated furious glad grateful happy hopeful horrified nervous optimistic
    outraged pessimistic pleased proud relieved sad sorry surprised thankful thrilled upset
    worried
    """
    ),
    CueClass.INTENTION: words(
        "plan plans desire intention decision willing unwilling ready refusal determined"
    ),
}


def _words(text: str, spans: Sequence[Span]) -> list[str]:
    return [m.group().lower() for span in spans for m in WORD.finditer(span.of(text))]


def cue_class(text: str, cue: Sequence[Span]) -> CueClass:
    """Saying, believing, intending or feeling, by the cue's last known verb, else another word."""
    words = _words(text, cue)
    for word in reversed(words):
        base = lexicon.ALL_FORMS.get(word)
        if base is not None:
            return lexicon.class_of(base)
    for word in words:
        for kind, others in WORD_CLASSES.items():
            if word in others:
                return kind
    return CueClass.SPEECH


def polarity(text: str, content: Sequence[Span], cue: Sequence[Span]) -> Polarity:
    """Whether the content is put forward, denied or asked about.

    Only what the cue itself says counts: "denied that" and "did not say that" deny (or at least do
    not assert), "asked whether" and "declined to say whether" leave it open. A quotation that is
    itself a question is asserted as the speaker's words only if the cue does not ask.
    """
    words = _words(text, cue)
    opening = content[0].of(text)
    if any(w in DENIES or w in DOUBTS for w in words):
        # "did not deny that" is no assertion either, but certainly no denial.
        return Polarity.QUESTIONED if any(w in NEGATIONS for w in words) else Polarity.DENIED
    if any(w in ASKS for w in words) and (WHETHER.match(opening) or "?" in content[-1].of(text)):
        return Polarity.QUESTIONED
    declines = any(w in DECLINES for w in words)
    negated = any(w in NEGATIONS or w.endswith(("n't", "n’t")) for w in words)
    if OPEN.match(opening):
        return Polarity.QUESTIONED
    if negated or (declines and len(words) > 1 and words[-1] not in DECLINES):
        return Polarity.QUESTIONED if WHETHER.match(opening) else Polarity.DENIED
    return Polarity.ASSERTED

from __future__ import annotations

import json

from app.evaluation import gold_file, report
from app.evaluation.quote_errors import quote_errors
from app.evaluation.quotes import articles_of

TEXT = "“No, never again,” said Mira. Ivo Brandt, of Lisbon, hoped that it would rain. He left."
DIRECT = {"content": [[0, 18]], "cue": [[19, 23]], "source": [[24, 28]]}
INDIRECT = {"content": [[58, 77]], "cue": [[52, 57]], "source": [[30, 40]]}
NAMES = [
    {"start": 24, "end": 28, "label": "PERSON", "cluster": "m"},
    {"start": 30, "end": 40, "label": "PERSON", "cluster": "i"},
    {"start": 79, "end": 81, "label": "PRON", "cluster": "i"},
]
GOLD = {"id": "a", "text": TEXT, "quotes": [DIRECT, INDIRECT], "entities": NAMES}
MINE = {
    "id": "a",
    "quotes": [{**DIRECT, "source": [[30, 40]], "speaker": "Ivo Brandt", "status": "resolved"}],
    "entities": [{**NAMES[0], "entity": 0, "name": "Mira"}],
}
SPEAKERS = {"id": "a", "speakers": [{"quote": 0, "name": "Mira", "status": "named", "via": "name"}]}
SCORE = gold_file.FileScore(
    gold_file.score_quotes([GOLD], [MINE]),
    gold_file.score_speakers([GOLD], [MINE], [SPEAKERS]),
    gold_file.score_entities([GOLD], [MINE]),
)


def test_the_tables() -> None:
    lines = list(report.table(SCORE))
    assert lines[0] == "quotes: 1 articles (0 without predictions), 2 gold, 1 predicted"
    cells = {line[:22].strip(): line[22:].split() for line in lines[4:9]}
    assert cells == {
        "all": ["2", "1", "0.0", "0.0", "0.0", "100.0", "50.0", "66.7", "0.0"],
        "speech": ["1", "1", "0.0", "0.0", "0.0", "100.0", "100.0", "100.0", "0.0"],
        "direct": ["1", "1", "0.0", "0.0", "0.0", "100.0", "100.0", "100.0", "0.0"],
        "mixed": ["0", "0", "0.0", "0.0", "0.0", "0.0", "0.0", "0.0", "-"],
        "indirect": ["1", "0", "0.0", "0.0", "0.0", "0.0", "0.0", "0.0", "-"],
    }
    figures = {line[:40].strip(): line[40:].split() for line in lines[9:]}
    assert figures["exact, edge punctuation forgiven"] == ["100.0", "50.0", "66.7"]
    assert figures["found (recall)"] == ["100.0"]
    assert figures["attributed (precision)"] == ["0.0"]
    assert figures["resolved precision"] == ["0.0"]
    assert figures["honest about the unnamed"] == ["-"]
    assert figures["pronoun to person, accuracy"] == ["0.0"]
    assert "strict                PERSON           2 100.0  50.0  66.7" in lines


def test_nothing_scored_is_nothing_printed() -> None:
    assert list(report.table(gold_file.FileScore(None, None, None))) == []


def test_json_has_every_figure() -> None:
    made = json.loads(json.dumps(report.as_json(SCORE)))
    assert made["quotes"]["all"]["detection"] == {"P": 100.0, "R": 50.0, "F1": 66.7}
    assert made["speakers"]["by_via"] == {"name": [1, 0.0]}
    assert made["entities"]["strict"]["ALL"] == {"gold": 2, "P": 100.0, "R": 50.0, "F1": 66.7}
    assert made["entities"]["pronouns"]["gold"] == 1
    assert set(made["entities"]["coreference"]) == {"MUC", "B3", "CEAFe", "CoNLL"}
    assert report.as_json(gold_file.FileScore(None, None, None)) == {}


def test_errors_by_sort() -> None:
    found = list(quote_errors(articles_of([GOLD]), articles_of([MINE])))
    lines = list(report.error_lines(found * 3, {"a": TEXT}, 2))
    assert [line for line in lines[1:] if not line.startswith(" ")] == [
        "missed: 3, the first 2",
        "spurious: 0",
        "wrong boundaries: 0",
        "wrong source: 3, the first 2",
    ]
    assert len(lines) == 1 + 4 + 2 + 2
    made = json.loads(json.dumps(report.errors_json(found * 3, 1)))
    assert made["spurious"] == {"count": 0, "first": []}
    assert made["missed"]["count"] == 3
    (first,) = made["wrong source"]["first"]
    assert (first["id"], first["kind"]) == ("a", "direct")
    assert first["predicted"]["source"] == [[30, 40]]

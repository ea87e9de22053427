from __future__ import annotations

from app.domain import QuoteKind
from app.evaluation.quote_errors import ErrorSort, QuoteError, described, excerpt, quote_errors
from app.evaluation.quotes import QuoteSpans, ScoredArticle

TEXT = "Mira said that the old harbour of Lisbon would close. Ivo hoped so. Rain fell all day."


def spans(content: str, source: str = "Mira") -> QuoteSpans:
    start, place = TEXT.index(content), TEXT.index(source)
    return QuoteSpans(((start, start + len(content)),), (), ((place, place + len(source)),))


def errors(gold: list[QuoteSpans], predicted: list[QuoteSpans]) -> list[QuoteError]:
    return list(
        quote_errors(
            {"a": ScoredArticle(TEXT, tuple(gold))}, {"a": ScoredArticle("", tuple(predicted))}
        )
    )


GOLD = spans("that the old harbour of Lisbon would close")


def test_each_sort_of_error() -> None:
    assert errors([GOLD], [GOLD]) == []
    assert [e.sort for e in errors([GOLD], [])] == [ErrorSort.MISSED]
    far = errors([], [spans("all day")])
    assert [(e.sort, e.gold) for e in far] == [(ErrorSort.SPURIOUS, None)]
    short = spans("would close")
    assert [(e.sort, e.gold, e.predicted) for e in errors([GOLD], [short])] == [
        (ErrorSort.MISSED, GOLD, short),
        (ErrorSort.BOUNDARIES, GOLD, short),
    ]
    (wrong,) = errors([GOLD], [QuoteSpans(GOLD.content, (), ((54, 57),))])
    assert (wrong.sort, wrong.kind) == (ErrorSort.SOURCE, QuoteKind.INDIRECT)


def test_an_article_without_predictions_is_missed_whole() -> None:
    (error,) = quote_errors({"a": ScoredArticle(TEXT, (GOLD,))}, {})
    assert (error.sort, error.predicted) == (ErrorSort.MISSED, None)


def test_lines_have_article_offsets_and_words() -> None:
    (missed,) = errors([GOLD], [])
    assert described(missed, TEXT) == (
        '"a" gold 10-52, indirect: Mira said [that the old harbour of Lisbon would close]. '
        "Ivo hoped so. Rain fell all …"
    )
    _, bounds = errors([GOLD], [spans("would close")])
    assert described(bounds, TEXT) == (
        '"a" gold 10-52, predicted 41-52, indirect: '
        "Mira said [that the old harbour of Lisbon {would close}]. Ivo hoped so. Rain fell all …"
    )
    (wrong,) = errors([GOLD], [QuoteSpans(GOLD.content, (), ((54, 57),))])
    assert described(wrong, TEXT).startswith(
        '"a" 10-52, indirect, source "Ivo" at 54-57 instead of "Mira" at 0-4: Mira said [that'
    )
    (none,) = errors([GOLD], [QuoteSpans(GOLD.content)])
    assert 'source none instead of "Mira" at 0-4' in described(none, TEXT)


def test_an_excerpt_is_one_line_escaped_and_short() -> None:
    text = "He\x1b[2J said:\n\n“No.”" + " word" * 100 + " end"
    assert excerpt(text, ((14, 19),), ()).startswith(r"He\x1b[2J said: [“No.”] word")
    long = excerpt(text, (), ((14, len(text)),))
    assert " … " in long
    assert len(long) < 130
    assert "\n" not in long
    assert excerpt(text, ((3, 3),), ()) == ""


def test_marks_close_before_others_open() -> None:
    assert excerpt("abcd", ((0, 2), (2, 3)), ((2, 4),)) == "[ab][{c]d}"

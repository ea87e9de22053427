from __future__ import annotations

from app.evaluation.printable import named, printable


def test_nothing_steers_the_terminal_and_all_stands_on_one_line() -> None:
    assert printable("a\x1b[31m\u202eb\n\n c\r\x07") == r"a\x1b[31m\u202eb c \x07"
    assert printable("“Größe”, 東京") == "“Größe”, 東京"
    assert printable("half \ud800") == r"half \ud800"


def test_a_value_is_named_shortly() -> None:
    assert named("a\nb") == '"a b"'
    assert named([1, 2]) == "[1, 2]"
    assert len(named("x" * 500)) == 60

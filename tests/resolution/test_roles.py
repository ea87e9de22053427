from __future__ import annotations

import pytest

from app.resolution.roles import occupations


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the general secretary", {"secretary"}),
        ("the secretary-general of the league", {"secretary"}),
        ("Attorney General", {"lawyer"}),
        ("a major donor", set()),
        ("a marine biologist", {"biologist"}),
        ("a general in the army", {"general"}),
        ("Major General", {"major", "general"}),
        ("the former general", {"general"}),
        ("the environment secretary", {"minister"}),
        ("Secretary of State", {"minister"}),
        ("secretary of the union", {"secretary"}),
        ("press secretary for the governor", {"secretary", "governor"}),
        ("secretary for ten years", {"secretary"}),
        ("the regional president", {"president", "statesman"}),
        ("the president of the club", {"president"}),
        ("secretary for health", {"minister"}),
    ],
)
def test_ranks_and_offices_are_more_than_their_words(phrase: str, expected: set[str]) -> None:
    assert occupations(phrase) == expected


def test_a_member_of_parliament_is_a_lawmaker() -> None:
    assert occupations("the member for Nelson") == {"member", "lawmaker"}

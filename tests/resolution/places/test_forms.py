from __future__ import annotations

import pytest

from app.resolution.places.forms import folded, reductions, spellings


@pytest.mark.parametrize(
    ("surface", "norm"),
    [
        ("São Paulo’s", "sao paulo"),
        ("U.S.", "us"),
        ("THE  Hague", "the hague"),
        ("x" * 101, ""),
    ],
)
def test_surfaces_are_folded(surface: str, norm: str) -> None:
    assert folded(surface) == norm


@pytest.mark.parametrize(
    ("norm", "spelling"),
    [
        ("st paul", "saint paul"),
        ("mount vernon", "mt vernon"),
        ("the netherlands", "netherlands"),
        ("stratford-upon-avon", "stratford upon avon"),
        ("w columbia", "west columbia"),
    ],
)
def test_other_spellings(norm: str, spelling: str) -> None:
    assert spellings(norm)[0] == norm
    assert spelling in spellings(norm)


@pytest.mark.parametrize(
    ("norm", "part"),
    [
        ("north london", "london"),
        ("clinton township", "clinton"),
        ("city of manila", "manila"),
        ("southern kurdistan region", "kurdistan"),
        ("londoners", "london"),
    ],
)
def test_a_longer_name_contains_another(norm: str, part: str) -> None:
    assert part in list(reductions(norm))


def test_a_name_does_not_contain_itself() -> None:
    assert "north" not in list(reductions("north"))

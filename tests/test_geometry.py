from __future__ import annotations

import pytest

from app.geometry import distance


def test_a_degree_of_latitude_and_half_the_globe() -> None:
    assert distance(0, 0, 1, 0) == pytest.approx(111.2, abs=0.1)
    assert distance(0, 0, 0, 180) == pytest.approx(20_015, abs=1)
    assert distance(60, 10, 60, 10) == 0

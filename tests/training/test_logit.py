from __future__ import annotations

import numpy as np
import pytest

from app.training.logit import fit

# Three choices between two alternatives with one feature each; the larger was right twice.
ROWS = np.array([[1.0], [0.0], [1.0], [0.0], [1.0], [0.0]])
RIGHT = np.array([1.0, 0.0, 1.0, 0.0, 0.0, 1.0])
STARTS = [0, 2, 4]


def test_without_a_penalty_shares_are_what_was_counted() -> None:
    (weight,) = fit(ROWS, RIGHT, np.ones(3), STARTS, penalty=0.0)
    assert weight == pytest.approx(np.log(2), abs=0.01)


def test_weights_of_choices_count() -> None:
    (weight,) = fit(ROWS, RIGHT, np.array([1.0, 1.0, 4.0]), STARTS, penalty=0.0)
    assert weight == pytest.approx(-np.log(2), abs=0.01)


def test_what_is_not_told_stays_as_guessed() -> None:
    rows = np.hstack([ROWS, np.zeros((6, 1))])
    _, untold = fit(rows, RIGHT, np.ones(3), STARTS, guess=[0.0, -3.0], penalty=1.0)
    assert untold == -3.0


def test_a_penalty_holds_to_the_guess() -> None:
    (weight,) = fit(ROWS, RIGHT, np.ones(3), STARTS, guess=[2.0], penalty=1000.0)
    assert weight == pytest.approx(2.0, abs=0.01)


def test_several_alternatives_may_be_right() -> None:
    rows = np.array([[1.0], [1.0], [0.0]])
    (weight,) = fit(rows, np.array([1.0, 1.0, 0.0]), np.ones(1), [0], penalty=0.1)
    assert weight > 1.0

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from app.store.session import reading, writing
from app.store.sums import Sums, add_difference
from app.store.tables import PublisherDay
from tests.builders import NOW

DAY = NOW.date()
SUMS = st.dictionaries(
    st.sampled_from([("Courier", DAY), ("Post", DAY)]),
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
)


def kept(engine: Engine) -> Sums:
    with reading(engine) as connection:
        table = PublisherDay.__table__  # type: ignore[attr-defined]
        rows = connection.execute(select(table))
        return {(r.publisher, r.day): (r.articles, r.quotes) for r in rows}


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(states=st.lists(SUMS, min_size=1, max_size=4))
def test_what_is_kept_is_the_last_state_without_rows_of_nothing(
    engine: Engine, states: list[Sums]
) -> None:
    before: Sums = {}
    with writing(engine) as connection:
        connection.execute(delete(PublisherDay))
        for after in states:
            columns = ("articles", "quotes")
            add_difference(connection, PublisherDay, ("publisher", "day"), columns, before, after)
            before = after
    assert kept(engine) == {key: sums for key, sums in before.items() if any(sums)}

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.api.offsets import OffsetMap, OffsetUnit
from tests.work import lines_run


@given(st.text(), st.data())
def test_offsets_agree_with_utf16(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    units = len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
    assert OffsetMap(text, OffsetUnit.UTF16)(offset) == units
    assert OffsetMap(text, OffsetUnit.CODEPOINT)(offset) == offset


def test_a_long_text_costs_one_reading() -> None:
    def cost(characters: int) -> int:
        text = "a🏗" * (characters // 2)

        def offsets() -> None:
            at = OffsetMap(text, OffsetUnit.UTF16)
            assert [at(i) for i in range(0, len(text), 10)][-1] > len(text)

        return lines_run(offsets)

    assert cost(20_000) < 11 * cost(2_000)

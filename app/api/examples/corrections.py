"""Examples of corrections."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import BaseModel

from app.api.schemas.common import Total
from app.api.schemas.corrections import Correction, CorrectionKind, CorrectionList

_AT = datetime(2031, 3, 4, 10, 30, tzinfo=UTC)


def _entry(id: str, kind: CorrectionKind, target: str, old: object, new: object) -> Correction:
    return Correction(
        id=id,
        kind=kind,
        target=target,
        old=old,
        new=new,
        actor="desk",
        reason="The minister spoke, not her deputy",
        at=_AT,
        undone_by=None,
    )


_SPEAKER = _entry(
    "c_cranes",
    "speaker",
    "q_cranes",
    {"speaker": "e_deputy", "status": "resolved", "described_as": None},
    {"speaker": "e_mara", "status": "resolved", "described_as": None},
)
_RENAME = _entry("c_mara", "rename", "e_mara", {"name": "M. Lindqvist"}, {"name": "Mara Lindqvist"})

BY_OPERATION: dict[str, BaseModel] = {
    "correct_quote": _SPEAKER,
    "correct_entity": _RENAME,
    "merge_entity": _entry("c_one", "merge", "e_lindqvist", None, {"into": "e_mara"}),
    "split_entity": _entry(
        "c_two",
        "split",
        "e_mara",
        None,
        {"entity": "e_other", "name": "Mara Lindqvist", "articles": ["a_regatta"]},
    ),
    "suppress_entity": _entry("c_away", "suppression", "e_mara", None, {"suppressed": True}),
    "withdraw_article": _entry("c_gone", "withdrawal", "a_harbour", None, {"withdrawn": True}),
    "list_corrections": CorrectionList(
        results=[_SPEAKER, _RENAME], next=None, total=Total(value=2, relation="eq")
    ),
    "get_correction": _SPEAKER,
    "undo_correction": _entry("c_back", "undo", "q_cranes", None, {"correction": "c_cranes"}),
}

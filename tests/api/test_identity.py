"""What the API says of an entity elsewhere, and of entities that may be one."""

from __future__ import annotations

from dataclasses import replace

import httpx
from sqlalchemy import Engine

from app.domain import ArticleEntity, EntityKind, MergeProposal, ResolvedEntity
from app.store.authority import write_entry
from app.store.entities import ensure_entities
from app.store.proposals import write_proposals
from app.store.session import writing
from tests.api import newsroom
from tests.api.newsroom import MIRA, NOW, uid

ASKED = f"/v1/entities/{uid(MIRA)}?fields=merge_proposals"


def propose(engine: Engine) -> str:
    """A second Mira who may be the first; her id."""
    newsroom.store(engine, newsroom.article(1))
    other = ResolvedEntity(
        ArticleEntity(EntityKind.PERSON, "M. Kovalenko"),
        "e_other",
        proposals=(MergeProposal(uid(MIRA), 0.91, ("called engineer in both",)),),
    )
    mira = ResolvedEntity(MIRA, uid(MIRA))
    with writing(engine) as connection:
        pks = ensure_entities(connection, [mira, other], NOW)
        write_proposals(connection, 1, [mira, other], pks, NOW)
    return other.uid


def test_proposals_are_told_to_both_sides_when_asked_for(own: httpx.Client, engine: Engine) -> None:
    other = propose(engine)
    (proposal,) = own.get(ASKED).json()["merge_proposals"]
    assert proposal["entity"] == {"id": other, "name": "M. Kovalenko"}
    assert proposal["score"] == 0.91
    assert proposal["reasons"] == ["called engineer in both"]
    assert own.get(f"/v1/articles/{proposal['article']}").status_code == 200
    (back,) = own.get(f"/v1/entities/{other}?fields=merge_proposals").json()["merge_proposals"]
    assert back["entity"]["id"] == uid(MIRA)
    assert own.get(f"/v1/entities/{uid(MIRA)}").json()["merge_proposals"] is None


def test_what_was_merged_dismissed_or_suppressed_is_proposed_no_more(
    own: httpx.Client, engine: Engine
) -> None:
    other = propose(engine)
    for undone, done in (
        ("status = 'active'", "status = 'suppressed'"),
        ("merged_into = NULL", "merged_into = 1"),
    ):
        for change, count in ((done, 0), (undone, 1)):
            with writing(engine) as connection:
                connection.exec_driver_sql(f"UPDATE entity SET {change} WHERE uid = '{other}'")
            assert len(own.get(ASKED).json()["merge_proposals"]) == count
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE merge_proposal SET status = 'dismissed'")
    assert own.get(ASKED).json()["merge_proposals"] == []


def test_an_unknown_field_is_refused(client: httpx.Client) -> None:
    answer = client.get(f"/v1/entities/{uid(MIRA)}?fields=shoe_size")
    assert answer.status_code == 422
    assert "merge_proposals" in answer.text


def test_ids_of_authority_files_show(own: httpx.Client, engine: Engine) -> None:
    newsroom.store(engine, newsroom.article(1))
    entry = ResolvedEntity(replace(MIRA, aliases=("Mirochka",)), uid(MIRA))
    with writing(engine) as connection:
        write_entry(connection, "aster", "P-12", entry, NOW, known=False)
    found = own.get(f"/v1/entities/{uid(MIRA)}").json()
    assert found["external_ids"] == [{"authority": "aster", "id": "P-12"}]
    assert "Mirochka" in found["aliases"]

from __future__ import annotations

from sqlalchemy import Engine, text

from app.corrections import entities
from app.corrections.editing import Edit
from app.corrections.quotes import Speaker, correct_speaker
from app.domain import SpeakerStatus
from app.store.read import quotes
from app.store.session import reading, writing
from tests.api import newsroom
from tests.api.newsroom import MIRA, NOW, uid

EDIT = Edit("editor", NOW)


def extracted(engine: Engine, quote: str) -> quotes.ExtractedSpeaker | None:
    with reading(engine) as connection:
        state = quotes.quote_state(connection, quote)
        assert state is not None
        return quotes.quote_detail(connection, state.pk).extracted


def test_whom_the_machine_took_for_the_speaker_is_told_as_splits_and_merges_have_it(
    engine: Engine,
) -> None:
    article = newsroom.store(engine, newsroom.article(1))
    newsroom.store(engine, newsroom.article(2))
    newsroom.store(engine, newsroom.article(3))
    with writing(engine) as connection:
        of_mira = text(
            "SELECT q.uid FROM quote q JOIN article a ON a.pk = q.article"
            " JOIN entity e ON e.pk = q.speaker WHERE a.uid = :article AND e.uid = :mira LIMIT 1"
        )
        values = {"article": article, "mira": uid(MIRA)}
        quote: str = connection.execute(of_mira, values).scalar_one()
        correct_speaker(connection, EDIT, quote, Speaker(None, SpeakerStatus.UNRESOLVED))
    found = extracted(engine, quote)
    assert found is not None
    assert found.named is not None
    assert (found.named.uid, found.status) == (uid(MIRA), "resolved")
    with writing(engine) as connection:
        split = entities.split(connection, EDIT, uid(MIRA), [article], "Mira the Younger")
    found = extracted(engine, quote)
    assert found is not None
    assert found.named is not None
    assert (found.named.uid, found.named.name) == (split.new["entity"], "Mira the Younger")
    with writing(engine) as connection:
        entities.merge(connection, EDIT, split.new["entity"], uid(MIRA))
    found = extracted(engine, quote)
    assert found is not None
    assert found.named is not None
    assert found.named.uid == uid(MIRA)
    with writing(engine) as connection:
        entities.suppress(connection, EDIT, uid(MIRA))
    assert extracted(engine, quote) == quotes.ExtractedSpeaker(None, "resolved")

"""A front end's proof: a client with generated types, checked and run against a live server."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from app.domain import (
    Document,
    EntityKind,
    Evidence,
    Extraction,
    Mention,
    MentionType,
    Quote,
    QuoteKind,
    Span,
    SpeakerStatus,
    Via,
    Zone,
    ZoneKind,
)
from app.main import create_app
from app.store import migrate
from app.store.session import open_database
from tests.api import newsroom
from tests.api.conftest import settings_for
from tests.api.guarded import BEHIND_A_PROXY
from tests.builders import span as span_of
from tests.clients import node
from tests.conftest import ROOT

PACKAGE = Path(__file__).with_name("ts")
GUIDE = ROOT / "docs" / "front-end.md"
ORIGIN = "https://front.example"
ARTICLE = "https://news.example/monday"

# Emoji before, between and inside everything: of one code point, of two (a flag), of three joined.
TEXT = (
    "👩‍🔧 Lindholm 🇩🇪 – “We 🚀 start on Monday 🏗, and nobody 😀 stops us,” chief engineer "
    "Mira Kovalenko 🙂 told Harbour Watch.\n\n"
    "“Her words were ‘we 🚀 start’ 🎉, and I 😀 agree,” added Tomas Quillfeather 🙃 of Lindholm."
)


span = partial(span_of, TEXT)


def monday() -> tuple[Document, Extraction]:
    """An article full of emoji, with a quote in two spans' reach of another one."""
    middle = TEXT.index("\n\n")
    document = Document(
        text=TEXT,
        origin="test",
        title="🚢 On Monday 🏗 it starts",
        url=ARTICLE,
        language="en",
        publisher="Lindholm Post",
        zones=(
            Zone(ZoneKind.PARAGRAPH, Span(0, middle)),
            Zone(ZoneKind.PARAGRAPH, Span(middle + 2, len(TEXT))),
        ),
    )
    mira, tomas = span("Mira Kovalenko"), span("Tomas Quillfeather")
    found = Extraction(
        mentions=(
            Mention(span("Lindholm"), MentionType.NAME, EntityKind.LOCATION, 3),
            Mention(mira, MentionType.NAME, EntityKind.PERSON, 0),
            Mention(span("Harbour Watch"), MentionType.NAME, EntityKind.ORGANISATION, 2),
            Mention(span("Her"), MentionType.PRONOUN, EntityKind.PERSON, 0),
            Mention(tomas, MentionType.NAME, EntityKind.PERSON, 1),
            Mention(span("Lindholm", 1), MentionType.NAME, EntityKind.LOCATION, 3),
        ),
        entities=(newsroom.MIRA, newsroom.TOMAS, newsroom.WATCH, newsroom.LINDHOLM),
        quotes=(
            Quote(
                content=(span("“We 🚀 start on Monday 🏗, and nobody 😀 stops us,”"),),
                cue=(span("told"),),
                source=(mira,),
                kind=QuoteKind.DIRECT,
                speaker=0,
                status=SpeakerStatus.RESOLVED,
                evidence=Evidence(Via.NAME, mira),
                confidence=0.9,
            ),
            Quote(
                content=(
                    span("“Her words were ‘we 🚀 start’ 🎉"),
                    span("and I 😀 agree,”"),
                ),
                cue=(span("added"),),
                source=(tomas,),
                kind=QuoteKind.DIRECT,
                speaker=1,
                status=SpeakerStatus.RESOLVED,
                evidence=Evidence(Via.NAME, tomas),
                confidence=0.9,
            ),
            Quote(
                content=(span("‘we 🚀 start’"),),
                cue=(span("words"),),
                source=(span("Her"),),
                kind=QuoteKind.DIRECT,
                speaker=0,
                status=SpeakerStatus.RESOLVED,
                evidence=Evidence(Via.PRONOUN, mira),
                parent=1,
                confidence=0.9,
            ),
        ),
    )
    return document, found


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Six articles of the newsroom, and one of emoji."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('front-end') / 'onrecord.db'}")
    migrate.upgrade(engine)
    for number in range(6):
        newsroom.store(engine, newsroom.article(number))
    newsroom.write(engine, *monday())
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def address(database: Engine) -> Iterator[str]:
    settings = settings_for(database, cors_origins=[ORIGIN])
    with newsroom.serving(create_app(settings, newsroom.StubExtractor)) as url:
        yield url


@pytest.fixture(scope="module")
def limited(database: Engine) -> Iterator[str]:
    """The address of a server that lets two reads an hour through its proxy."""
    settings = settings_for(database, cors_origins=[ORIGIN], rate_limit="2/hour", **BEHIND_A_PROXY)
    with newsroom.serving(create_app(settings, newsroom.StubExtractor)) as url:
        yield url


@pytest.fixture(scope="module")
def client(address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with its packages, and types made from the server's own document."""
    packages = node.packages_folder(PACKAGE)
    folder = tmp_path_factory.mktemp("client")
    for name in ("package.json", "tsconfig.json"):
        shutil.copy(PACKAGE / name, folder)
    shutil.copytree(PACKAGE / "src", folder / "src")
    (folder / "node_modules").symlink_to(packages / "node_modules", target_is_directory=True)
    # Fetched here: the generator's own client would be told of this machine's proxy.
    document = httpx.get(f"{address}/openapi.json")
    assert document.status_code == 200
    (folder / "openapi.json").write_bytes(document.content)
    node.run(folder, "openapi-typescript", "openapi.json", "--output", "src/api.d.ts")
    return folder


@pytest.fixture(scope="module")
def built(client: Path) -> Path:
    """The client, its types checked."""
    node.run(client, "tsc")
    return client


def test_the_types_hold_and_catch_mistakes(built: Path) -> None:
    # misuse.ts expects an error in so many places; one that did not come is an error itself.
    assert (built / "built" / "misuse.js").exists()
    mistakes = built / "src" / "misuse.ts"
    assert mistakes.read_text("utf-8").count("// @ts-expect-error") > 10


def test_a_mistake_fails_the_check(built: Path) -> None:
    wrong = (
        'import { connect } from "./onrecord.js";\n'
        'void connect("").GET("/v1/quotes", { params: { query: { speakr: ["e_1"] } } });\n'
    )
    (built / "src" / "wrong.ts").write_text(wrong, "utf-8")
    try:
        with pytest.raises(pytest.fail.Exception, match=r"wrong\.ts\(2,\d+\): error .*speakr"):
            node.run(built, "tsc", "--noEmit")
    finally:
        (built / "src" / "wrong.ts").unlink()


def test_a_front_end_works(built: Path, address: str, limited: str) -> None:
    env = {
        "ONRECORD_ADDRESS": address,
        "ONRECORD_LIMITED": limited,
        "ONRECORD_ARTICLE": ARTICLE,
        "ONRECORD_ORIGIN": ORIGIN,
    }
    said = node.run(
        built, "node", "--test", "--test-reporter=tap", "built/front_end.test.js", env=env
    )
    counts = dict(re.findall(r"^# (pass|fail|skipped|todo) (\d+)$", said, re.MULTILINE))
    assert int(counts["pass"]) >= 18, said
    assert [counts[key] for key in ("fail", "skipped", "todo")] == ["0"] * 3, said


def test_generated_names_are_those_of_the_schemas(client: Path) -> None:
    # Where two schemas have one name, theirs become the paths of their modules.
    assert "app__" not in (client / "src" / "api.d.ts").read_text("utf-8")


def _samples(source: str) -> dict[str, str]:
    return dict(re.findall(r"^// docs: (\w+)\n(.*?)^// docs: end$", source, re.MULTILINE | re.S))


def test_the_guide_shows_the_code_that_is_tested() -> None:
    guide = GUIDE.read_text("utf-8")
    shown = dict(
        re.findall(r"^<!-- onrecord\.ts: (\w+) -->\n```ts\n(.*?)^```$", guide, re.MULTILINE | re.S)
    )
    assert shown == _samples((PACKAGE / "src" / "onrecord.ts").read_text("utf-8"))
    others = re.findall(r"^```ts\n(.*?)^```$", guide, re.MULTILINE | re.S)
    client = (PACKAGE / "src" / "front_end.test.ts").read_text("utf-8")
    for code in set(others) - set(shown.values()):
        assert code in client.replace("\n  ", "\n"), f"this is not tested:\n{code}"


def test_the_lock_names_no_registry() -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        text = (PACKAGE / name).read_text("utf-8")
        assert '"resolved"' not in text
        assert "registry=" not in text.replace("\n", " ")
    assert (PACKAGE / "package-lock.json").read_text("utf-8").count('"integrity": "sha512-') > 30

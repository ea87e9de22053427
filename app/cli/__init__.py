"""The `onrecord` command: thin wrappers over plain functions.

Exit status: 0 all done; 1 something was refused or failed, and every such thing was named; 2 the
command line itself is wrong; 130 or 143 stopped by SIGINT or SIGTERM, the article at hand finished.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO
from uuid import uuid4

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app import __version__, logs
from app.cli import output
from app.cli.authority import authority
from app.cli.environment import Workers, configured, current_database, database, extractor
from app.cli.export import export
from app.cli.keys import audit, keys
from app.cli.reprocess import reprocess
from app.errors import DocumentError, OnrecordError
from app.settings import Settings

if TYPE_CHECKING:
    from app.documents import Limits
    from app.evaluation.gold_file import Predict
    from app.evaluation.toponyms import Atlas

cli = typer.Typer(
    name="onrecord",
    help="Turn news articles into a queryable record of who said what.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(authority, name="authority")
cli.command()(export)
cli.command()(reprocess)
cli.add_typer(keys, name="keys")
cli.add_typer(audit, name="audit")


@cli.command()
def migrate() -> None:
    """Create the database, or bring it to this version's schema."""
    from app.store import migrate as migrations

    changed = migrations.upgrade(database(configured()))
    typer.echo("migrated" if changed else "the database is up to date")


@cli.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(help="Files, or folders that are walked.")],
    format: Annotated[
        str | None, typer.Option(help="Reader to use for every file: text, jsonl, json or html.")
    ] = None,
    workers: Workers = 1,
) -> None:
    """Read, extract and store articles. Run again, it does only what is new.

    Documents that cannot be read are named with their reason, the others go on, and the exit status
    is 1.
    """
    from app.documents import READERS
    from app.extraction.info import extractor_info
    from app.ingestion.job import Job
    from app.ingestion.progress import progress
    from app.ingestion.stopping import stoppable
    from app.store.gazetteer import open_gazetteer

    settings = configured()
    known = [reader.name for reader in READERS]
    if format is not None and format not in known:
        raise typer.BadParameter(f"{format!r} is not one of {', '.join(known)}")
    if "" in paths:
        raise typer.BadParameter("a path is empty; an unset variable?")
    info = extractor_info(settings.spacy_model, settings.extractor)
    logs.job_id.set(uuid4().hex[:12])
    with stoppable() as stop, progress(settings.log_format) as shown:
        job = Job(
            database(settings),
            info,
            extractor(settings),
            _limits(settings),
            shown,
            open_gazetteer(settings.gazetteer),
        )
        report = job.ingest([Path(path) for path in paths], format, workers, lambda: bool(stop))
        shown.summary(report)
    if report.stopped:
        raise typer.Exit(stop.exit_status)
    if report.failures:
        raise typer.Exit(1)


@cli.command()
def extract(
    source: Annotated[str, typer.Argument(help="JSON Lines of {id, text}, or - for input.")],
    workers: Workers = 1,
) -> None:
    """Extract alone, without a database: JSON Lines in, JSON Lines out."""
    from app.ingestion.extract_lines import extract_lines
    from app.store.gazetteer import open_gazetteer

    settings = configured()
    if sys.stdout is None:
        raise OnrecordError("standard output is closed; there is nowhere to write to")
    gazetteer = open_gazetteer(settings.gazetteer)
    failed = 0
    with _lines(source) as lines:
        found = extract_lines(
            lines, source, extractor(settings), _limits(settings), workers, gazetteer
        )
        for row in found:
            if isinstance(row, DocumentError):
                failed += 1
                output.complain(row)
            else:
                _write_line(row)
    if failed:
        raise typer.Exit(1)


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the API, and print what to try."""
    from app.main import create_app
    from app.server import serve as run

    settings = configured()
    engine = current_database(settings, readonly=True)
    typer.echo(_greeting(engine, f"http://{host}:{port}"))
    run(create_app(settings), host, port)


@cli.command()
def check() -> None:
    """Prove the database: integrity, references, spans inside texts, counters equal to counts."""
    from app.store.check import check as faults
    from app.store.session import reading

    with reading(current_database(configured(), readonly=True)) as connection:
        found = list(faults(connection))
    for fault in found:
        output.complain(fault)
    if found:
        raise typer.Exit(1)
    typer.echo("the database is sound")


@cli.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(help="A file of gold articles (JSON Lines), or a folder of them.")
    ],
    predicted: Annotated[
        Path | None,
        typer.Option(help="Score these rows, of any system, instead of running the extractor."),
    ] = None,
    speakers: Annotated[
        Path | None,
        typer.Option(help="Gold speakers: also score whether each quote's speaker is named right."),
    ] = None,
    most_errors: Annotated[
        int,
        typer.Option(
            "--errors", min=0, help="Print up to N errors of each sort of the quotes.", metavar="N"
        ),
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")] = False,
    floors: Annotated[
        Path | None, typer.Option(help="Of a folder: lowest scores; falling below one fails.")
    ] = None,
    write_floors: Annotated[
        Path | None,
        typer.Option(help="Of a folder: raise the floors in this file to what is measured now."),
    ] = None,
    lower: Annotated[
        str | None,
        typer.Option(help="With --write-floors: let floors sink too, for this reason."),
    ] = None,
    workers: Workers = 1,
) -> None:
    """Score extraction on a file of gold articles, or on a folder of gold sets.

    A file has an article a line, {"id", "text", "quotes": [{"content", "cue", "source"}]}: lists of
    pairs of start and end, in code points, end exclusive. Printed are, by kind of quote, joint
    (content and source right), detection and attribution; how exact contents are; and how much of
    what stands in quotation marks is found and attributed. Articles may also, or instead, have
    "entities": [{"start", "end", "label"}]; these give names, sets of entities, pronouns and
    coreference, and with "lat" and "lon" the places of locations.

    A folder has the sets that Onrecord knows, in quotes/ and entities/. Its figures can be held
    against floors: the lowest that are accepted on that very gold.

    The exit status is 1 where something cannot be read or is under its floor.
    """
    from app.cli.evaluate import evaluate_file, evaluate_folder
    from app.errors import GoldError

    def predict() -> Predict:
        return _predict(workers)

    given = {"--predicted": predicted, "--speakers": speakers, "--errors": most_errors or None}
    of_folder = {"--floors": floors, "--write-floors": write_floors, "--lower": lower}
    # What does not exist is a folder unless it looks like a file.
    is_folder = gold.is_dir() or not (gold.exists() or gold.suffix)
    for option, value in (given if is_folder else of_folder).items():
        if value is not None:
            wanted = "a gold file" if is_folder else "a folder of gold data"
            raise typer.BadParameter(f"{option} needs {wanted}, and {gold} is none")
    if lower is not None and (write_floors is None or not lower.strip()):
        raise typer.BadParameter("--lower needs --write-floors, and a reason that says something")
    try:
        if is_folder:
            evaluate_folder(gold, floors, write_floors, lower, as_json, predict, _atlas)
        else:
            evaluate_file(gold, predicted, speakers, most_errors, as_json, predict, _atlas)
    except GoldError as error:
        output.fail(error.faults)


def _predict(workers: int) -> Predict:
    from app.ingestion.extract_lines import predicting
    from app.store.gazetteer import open_gazetteer

    settings = configured()
    gazetteer = open_gazetteer(settings.gazetteer)
    return predicting(extractor(settings), _limits(settings), workers, gazetteer)


def _atlas() -> Atlas:
    from app.evaluation.toponyms import Atlas
    from app.resolution.places.spans import country_code, locate_spans
    from app.store.gazetteer import open_gazetteer

    gazetteer = open_gazetteer(configured().gazetteer)
    return Atlas(
        lambda text, spans: locate_spans(text, spans, gazetteer),
        lambda name: country_code(name, gazetteer),
    )


@cli.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def _write_line(row: Mapping[str, Any]) -> None:
    """One line of JSON in UTF-8, whatever the terminal's encoding is."""
    try:
        line = json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # an identifier may hold half of a surrogate pair
        line = json.dumps(row).encode()
    sys.stdout.buffer.write(line + b"\n")


def _greeting(engine: Engine, base: str) -> str:
    """Where the server is, and three requests with something to answer."""
    from app.store.read.samples import most_quoted_person
    from app.store.session import reading

    with reading(engine) as connection:
        person = most_quoted_person(connection)
    try_these = [f"{base}/v1/people", f"{base}/v1/quotes?limit=3"]
    if person is not None:
        try_these.append(f"{base}/v1/entities/{person.uid}/quotes")
    lines = [f"Onrecord serves at {base}; its documentation is at {base}/docs", "Try:"]
    lines += [f"  curl '{address}'" for address in try_these]
    if person is not None:
        lines[-1] += f"    # what {person.name} said"
    return "\n".join(lines)


def _limits(settings: Settings) -> Limits:
    from app.documents import Limits

    return Limits(
        max_document_bytes=settings.max_document_bytes,
        max_html_bytes=settings.max_html_bytes,
        html_timeout=settings.html_timeout,
        max_text_chars=settings.max_text_chars,
    )


def _lines(source: str) -> BinaryIO:
    try:
        if source != "-":
            return open(source, "rb")
        if sys.stdin is None:
            raise DocumentError("standard input", "it is closed; give a file")
        return open(sys.stdin.fileno(), "rb", closefd=False)
    except OSError as error:
        raise DocumentError(source, error.strerror or str(error)) from error


def main() -> None:
    """Run the command; what Onrecord has to say is one line, never a trace."""
    try:
        cli(standalone_mode=True)
    except OnrecordError as error:
        output.complain(error)
        sys.exit(1)
    except ModuleNotFoundError as error:
        if (error.name or "app").partition(".")[0] == "app":
            raise
        output.complain(
            f"this installation has no extraction (it lacks {error.name}); install "
            "requirements.lock, or use the image `full`"
        )
        sys.exit(1)
    except DBAPIError as error:
        output.complain(f"the database refused to work ({error.orig})")
        sys.exit(1)
    except BrokenPipeError:
        os._exit(1)  # nothing is left to flush to
    except OSError as error:
        output.complain(error)
        os._exit(1)

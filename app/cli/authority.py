"""`onrecord authority`: names and ids from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli import output
from app.cli.environment import configured, database

authority = typer.Typer(help="Names and ids of entities from elsewhere.", no_args_is_help=True)
SHOWN = 20


@authority.callback()
def commands() -> None:
    """Names and ids of entities from elsewhere."""


@authority.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="CSV with a header (.csv), or JSON Lines; UTF-8.")],
    name: Annotated[
        str | None,
        typer.Option(help="What the authority is called; the file's name where not given."),
    ] = None,
) -> None:
    """Load an authority file: its ids show as external ids, its names find entities.

    Fields: id, name, kind (person, organisation or location), aliases (in CSV separated by |),
    description, coordinates (latitude,longitude). Where a line is wrong nothing is loaded, each
    wrong line is named, and the exit status is 1.
    """
    from app.ingestion.authority import load_authority

    loaded = load_authority(database(configured()), file, (name or file.stem).strip())
    for fault in loaded.faults[:SHOWN]:
        output.complain(fault)
    if loaded.faults:
        more = len(loaded.faults) - SHOWN
        also = f" ({more} more lines are wrong)" if more > 0 else ""
        output.complain(f"nothing was loaded{also}; mend the file and run the same command again")
        raise typer.Exit(1)
    for passed in loaded.passed_over:
        output.complain(passed)
    typer.echo(
        f"{loaded.matched} matched, {loaded.created} new, {loaded.known} known before, "
        f"{len(loaded.passed_over)} passed over"
    )

"""`onrecord reprocess`: extract anew what is on record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from app.cli import output
from app.cli.environment import Workers, configured, database, extractor


def reprocess(
    report: Annotated[
        Path | None,
        typer.Option(help="Write each quote that changed to this file, JSON Lines."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also articles that this extractor has done already.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change, and write nothing.")
    ] = False,
    workers: Workers = 1,
) -> None:
    """Extract the articles on record anew, with the extractor and models of now.

    Ids stay where the words do; corrections, merges and suppressions are laid over what is found.
    Says at the end how many quotes were gained and lost, and how many have another speaker.
    """
    from app.extraction.info import extractor_info
    from app.ingestion.reprocessing import Reprocessing
    from app.ingestion.stopping import stoppable
    from app.store.gazetteer import open_gazetteer

    settings = configured()
    job = Reprocessing(
        database(settings),
        extractor_info(settings.spacy_model, settings.extractor),
        extractor(settings),
        open_gazetteer(settings.gazetteer),
        everything=everything,
        is_trial=dry_run,
    )
    with stoppable() as stop, output.report_file(report) as lines:
        for difference in job.differences(workers, lambda: bool(stop)):
            if lines is not None:
                lines.write(json.dumps(difference.as_json(), ensure_ascii=False) + "\n")
    for failure in job.report.failures:
        output.complain(failure)
    typer.echo(job.report.summary() + (" (nothing was written)" if dry_run else ""), err=True)
    if job.report.stopped:
        raise typer.Exit(stop.exit_status)
    if job.report.failures:
        raise typer.Exit(1)

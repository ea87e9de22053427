"""`onrecord keys` and `onrecord audit`: who may use the API, and who wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

import typer

from app.cli import output
from app.cli.environment import configured, current_database

keys = typer.Typer(help="Keys of the API.", no_args_is_help=True)
audit = typer.Typer(help="The log of writes.", no_args_is_help=True)


@keys.callback()
def key_commands() -> None:
    """Keys of the API: who may read, write, administer."""


@audit.callback()
def audit_commands() -> None:
    """The log of writes that `GET /v1/audit` shows."""


@keys.command("create")
def create(
    scope: Annotated[
        Literal["read", "write", "admin"],
        typer.Option(
            help="read; write: also add and correct; admin: also withdraw, suppress, see the log."
        ),
    ],
    label: Annotated[
        str, typer.Option(help="Whose it is; stands in the record of corrections.")
    ] = "",
) -> None:
    """Make a key and print it, once: only its digest is kept.

    Standard output has the key alone, so that a script can take it.
    """
    from app.store.keys import KeyScope, create_key
    from app.store.session import writing

    with writing(current_database(configured())) as connection:
        try:
            uid, key = create_key(connection, KeyScope(scope), label, datetime.now(UTC))
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
    typer.echo(f"{uid}, scope {scope}; keep the key, it is not shown again:", err=True)
    typer.echo(key)


@keys.command("list")
def show() -> None:
    """List all keys: id, scope, when made, when revoked, label; never the keys themselves."""
    from app.store.keys import list_keys
    from app.store.session import reading

    with reading(current_database(configured(), readonly=True)) as connection:
        for key in list_keys(connection):
            revoked = "valid" if key.revoked_at is None else f"revoked {_said(key.revoked_at)}"
            columns = (key.uid, f"{key.scope:5}", f"made {_said(key.created_at)}", revoked)
            output.say("  ".join((*columns, key.label)).rstrip())


@keys.command("revoke")
def revoke(uid: Annotated[str, typer.Argument(help="Id of the key, as `list` shows it.")]) -> None:
    """Revoke a key; every server stops taking it within seconds."""
    from app.store.keys import revoke_key
    from app.store.session import writing

    with writing(current_database(configured())) as connection:
        is_revoked = revoke_key(connection, uid, datetime.now(UTC))
    if not is_revoked:
        output.fail([f"there is no valid key {uid!r}; `onrecord keys list` shows all"])
    typer.echo(f"{uid} is revoked")


@audit.command("prune")
def prune(
    days: Annotated[int, typer.Option(min=0, max=36_500, help="Keep so many days.")],
) -> None:
    """Delete what the log of writes has from before some days."""
    from app.store.audit import prune as pruned
    from app.store.session import writing

    with writing(current_database(configured())) as connection:
        deleted = pruned(connection, datetime.now(UTC) - timedelta(days=days))
    typer.echo(f"{deleted} deleted")


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"

"""Runs the programs of a folder with a package.json, its packages installed once a lock."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

OLDEST = 20
# What npm says where it does not get at a registry at all.
_OFFLINE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "ENETUNREACH")


def packages_folder(package: Path) -> Path:
    """The folder with the `node_modules` that the package's lock names; skips where it cannot be.

    It is kept in ONRECORD_NODE_DIR, else in `~/.cache/onrecord-node`: never in the repository.
    """
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            pytest.skip(f"{command} is not installed")
    if _node_version() < OLDEST:
        pytest.skip(f"node is older than {OLDEST}")
    parts = [package / name for name in ("package.json", "package-lock.json", ".npmrc")]
    digest = hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()
    kept = os.environ.get("ONRECORD_NODE_DIR")
    folder = (Path(kept) if kept else Path.home() / ".cache" / "onrecord-node") / digest[:16]
    if not folder.exists():
        _install(parts, folder)
    return folder


def _node_version() -> int:
    said = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True)
    return int(said.stdout.removeprefix("v").split(".")[0])


def _install(parts: list[Path], folder: Path) -> None:
    """In a folder of its own first, so that half an installation is never taken for a whole."""
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        unfinished.mkdir(parents=True)
    except OSError as error:
        pytest.skip(f"the npm packages cannot be kept: {error}; set ONRECORD_NODE_DIR")
    try:
        for part in parts:
            shutil.copy(part, unfinished)
        done = subprocess.run(command, cwd=unfinished, capture_output=True, text=True, timeout=240)
        if done.returncode != 0:
            if any(code in done.stderr for code in _OFFLINE):
                pytest.skip("the npm packages cannot be fetched: no registry is reachable")
            pytest.fail(f"npm ci failed:\n{done.stdout}{done.stderr}")
        try:
            unfinished.rename(folder)
        except OSError:
            # Another run was faster.
            if not folder.exists():
                raise
    except subprocess.TimeoutExpired as error:
        pytest.skip(f"the npm packages cannot be fetched in time: {error}")
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def run(folder: Path, *command: str, env: Mapping[str, str] | None = None) -> str:
    """What a command of the installed packages, or of node, prints. Fails with it otherwise."""
    path = f"{folder / 'node_modules' / '.bin'}{os.pathsep}{os.environ['PATH']}"
    # A proxy of this machine has no business with loopback; colours none with a report.
    plain = {"PATH": path, "NO_PROXY": "127.0.0.1", "NO_COLOR": "1"}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**plain, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=200,
    )
    if done.returncode != 0:
        pytest.fail(f"{' '.join(command)} exited with {done.returncode}:\n{done.stdout}")
    return done.stdout

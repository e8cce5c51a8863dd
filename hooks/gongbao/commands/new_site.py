"""Lay out an empty site of one's own: ``gongbao new-site DIR``, or ``make new-site DIR=path``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .. import __version__
from ..problems.catalogue import LANGUAGES, both, label

SKELETON = Path(__file__).parent / "skeleton"
_REPOSITORY = {".git"}  # a new repository, cloned, is empty to its owner


def copy_skeleton(folder: Path) -> None:
    """Copy the skeleton into a folder that is new or empty, with this version of the program pinned."""
    for source in sorted(path for path in SKELETON.rglob("*") if path.is_file()):
        target = folder / source.relative_to(SKELETON)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes().replace(b"{gongbao-version}", __version__.encode()))


def new_site(folder: Path) -> int:
    """Make the site and tell what comes next. Returns 1, and touches nothing, where the folder is not empty."""
    try:
        free = not folder.exists() or {path.name for path in folder.iterdir()} <= _REPOSITORY
        if free:
            copy_skeleton(folder)
    except OSError as error:
        return _say("new-site-failed", error.filename, reason=error.strerror)
    return _say("new-site-done" if free else "new-site-taken", folder)


@click.command(help=both("command-new-site"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Lay out a site in the folder."""
    sys.exit(new_site(folder))


def _say(name: str, folder: object, **values: object) -> int:
    """Say it in every language, since no site's language is known yet; what is no success is an error."""
    done = name == "new-site-done"
    for language in LANGUAGES:
        print(label(name, language, folder=folder, **values), file=sys.stdout if done else sys.stderr)
    return 0 if done else 1

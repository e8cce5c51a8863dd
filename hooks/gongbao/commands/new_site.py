"""Lay out an empty site of one's own: ``gongbao new-site DIR``, or ``make new-site DIR=path``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..problems.catalogue import LANGUAGES, both, label
from .own_wheel import NAME, own_wheel

SKELETON = Path(__file__).parent / "skeleton"
_REPOSITORY = {".git"}  # a new repository that was just cloned counts as empty


def copy_skeleton(folder: Path) -> None:
    """Copy the skeleton into a new or empty folder, with the wheel of this program to install. Raises OSError."""
    for source in sorted(path for path in SKELETON.rglob("*") if path.is_file()):
        target = folder / source.relative_to(SKELETON)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes().replace(b"{gongbao-wheel}", NAME.encode()))
    (folder / NAME).write_bytes(own_wheel())


def new_site(folder: Path) -> int:
    """Make the site and print the next steps. Returns 1, and changes nothing, if the folder is not empty.

    Raises OSError.
    """
    free = not folder.exists() or {path.name for path in folder.iterdir()} <= _REPOSITORY
    if free:
        copy_skeleton(folder)
    return _say("new-site-done" if free else "new-site-taken", folder)


@click.command(help=both("command-new-site"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Lay out a site in the folder."""
    sys.exit(new_site(folder))


def _say(name: str, folder: object) -> int:
    """Print a message in every language, as the site's is not known yet. Return 0 for success, else 1."""
    done = name == "new-site-done"
    for language in LANGUAGES:
        print(label(name, language, folder=folder), file=sys.stdout if done else sys.stderr)
    return 0 if done else 1

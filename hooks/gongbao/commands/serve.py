"""Preview the site while writing: ``gongbao serve``, or ``make serve``."""

from __future__ import annotations

import errno
import sys

import click

from ..host.mkdocs_commands import run_mkdocs
from ..problems.catalogue import both


@click.command(help=both("command-serve"))
def command() -> None:
    """Have MkDocs preview the project of the current folder."""
    try:
        run_mkdocs("serve")
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(both("serve-taken"), file=sys.stderr)
        sys.exit(1)

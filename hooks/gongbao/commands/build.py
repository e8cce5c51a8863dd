"""Build the site strictly into ``site/``: ``gongbao build``, or ``make site``."""

from __future__ import annotations

import click

from ..host.mkdocs_commands import run_mkdocs
from ..problems.catalogue import both


@click.command(help=both("command-build"))
def command() -> None:
    """Have MkDocs build the project of the current folder."""
    run_mkdocs("build", "--strict")

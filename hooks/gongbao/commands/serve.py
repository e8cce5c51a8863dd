"""Preview the site while writing: ``gongbao serve``, or ``make serve``."""

from __future__ import annotations

import click

from ..host.mkdocs_commands import run_mkdocs
from ..problems.catalogue import both


@click.command(help=both("command-serve"))
def command() -> None:
    """Have MkDocs preview the project of the current folder."""
    run_mkdocs("serve")

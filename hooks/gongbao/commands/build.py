"""Build the site into ``site/``: ``gongbao build``, or ``make site``. Errors stop a build, warnings are told."""

from __future__ import annotations

import click

from ..host.mkdocs_commands import run_mkdocs
from ..problems.catalogue import both


@click.command(help=both("command-build"))
@click.option("--strict", is_flag=True, help=both("option-strict"))
def command(strict: bool) -> None:
    """Have MkDocs build the project of the current folder."""
    run_mkdocs("build", *(["--strict"] if strict else []))

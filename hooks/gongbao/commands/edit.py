"""Write records in the browser, on this computer alone: ``gongbao edit``."""

from __future__ import annotations

import click

from ..archive import addresses
from ..editing.editor_files import has_bundle
from ..host.mkdocs_commands import run_mkdocs
from ..problems.catalogue import both
from .misuse import Misuse


@click.command(help=both("command-edit"))
def command() -> None:
    """Have MkDocs preview the project of the current folder, and open the editor in the browser."""
    if not has_bundle():
        raise Misuse(both("editor-unmade"))
    run_mkdocs("serve", "--open", opens=addresses.EDIT)

"""The one command, ``gongbao``. A subcommand is imported when it is called: a check waits for no MkDocs and no Word."""

from __future__ import annotations

from importlib import import_module

import click

from .. import __version__
from ..problems.catalogue import both
from ..stopping import held
from .start import main as main  # whatever was installed earlier calls it here

# Each subcommand and its module. The module calls it `command`.
MODULES = {
    "check": "check",
    "build": "build",
    "serve": "serve",
    "edit": "edit",
    "word": "write_word",
    "pdf": "write_pdf",
    "import": "import_documents",
    "finish": "finish_drafts",
    "new": "new_record",
    "format": "format_records",
    "pages": "write_pages",
    "published": "published",
    "collect": "collect",
    "shards": "shards",
    "verify": "verify",
    "timestamp": "timestamp",
    "new-site": "new_site",
}


class _Group(click.Group):
    """A group that knows the names of its subcommands before it imports them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (what click prescribes)
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in MODULES:
            return None
        with held():
            command: click.Command = import_module(f".{MODULES[cmd_name]}", __package__).command
        return command


@click.version_option(__version__, message="%(prog)s %(version)s", help=both("option-version"))
@click.group(cls=_Group, help=both("command-gongbao"))
def group() -> None:
    """Hold the subcommands together."""

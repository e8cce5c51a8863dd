"""MkDocs' own commands, run in this process."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import NoReturn

from mkdocs import __main__ as mkdocs

from .entry import need_plugin


def run_mkdocs(*arguments: str) -> NoReturn:
    """Run MkDocs as its command line would, on the ``mkdocs.yml`` of the current folder, and end with its exit code.

    Warnings of what is deprecated in MkDocs are for programmers; this logger tells them to writers.
    """
    need_plugin(Path("mkdocs.yml"))
    logging.getLogger(mkdocs.__name__).setLevel(logging.WARNING)
    mkdocs.cli.main(arguments, prog_name="mkdocs")

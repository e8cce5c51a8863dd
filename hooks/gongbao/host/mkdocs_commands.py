"""MkDocs' own commands, run in this process."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from pathlib import Path
from typing import NoReturn

from mkdocs import __main__ as mkdocs

from .entry import need_plugin

_FIRST_PAGE = ContextVar("first page", default="")


def run_mkdocs(*arguments: str, opens: str = "") -> NoReturn:
    """Run MkDocs as its command line would, on the ``mkdocs.yml`` of the current folder, and end with its exit code.

    ``opens`` is the address of the page at which a preview begins: see `first_page`.

    Warnings of what is deprecated in MkDocs are for programmers; this logger tells them to writers.
    """
    need_plugin(Path("mkdocs.yml"))
    logging.getLogger(mkdocs.__name__).setLevel(logging.WARNING)
    _FIRST_PAGE.set(opens)
    mkdocs.cli.main(arguments, prog_name="mkdocs")


def first_page() -> str:
    """Return the address of the page at which the preview that runs begins: that of the site, or the editor."""
    return _FIRST_PAGE.get()

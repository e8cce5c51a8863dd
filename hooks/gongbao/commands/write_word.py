"""Make the Word documents of a site's bulletins: ``gongbao word``, or ``make word``; the next build links them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..manuscripts.document_cache import WORD
from ..problems.catalogue import both
from ..word.document import document
from .write_documents import write_documents


@click.command(help=both("command-word"))
def command() -> None:
    """Make the documents of the project of the current folder."""
    sys.exit(write_documents(Path(), WORD, document))

"""Make the PDF documents of a site's bulletins: ``gongbao pdf``, or ``make pdf``; the next build links them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..manuscripts.document_cache import PDF
from ..problems.catalogue import both, label
from ..publishing.pictures import find_font
from .write_documents import write_documents


@click.command(help=both("command-pdf"))
def command() -> None:
    """Make the documents of the project of the current folder."""
    try:
        from ..pdf.typesetting import typeset  # loads a library that a site can do without
    except (ImportError, OSError) as error:
        print(label("pdf-library", "zh", reason=str(error).partition("\n")[0]), file=sys.stderr)
        sys.exit(1)
    if find_font() is None:
        print(label("pdf-font", "zh"), file=sys.stderr)
        sys.exit(1)
    sys.exit(write_documents(Path(), PDF, typeset))

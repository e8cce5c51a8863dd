"""Make the Word documents of a site's bulletins: ``gongbao word``, or ``make word``; the next build links them.

They are kept in the cache, and laid out in a folder that anybody sees.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

import click

from ..building import build
from ..host.settings import options_of
from ..problems.catalogue import both, label
from ..problems.terminal import Meter
from ..problems.text_report import report
from ..project import CONTENT, relative_to
from ..publishing.attachments import read_attachment
from ..rendering.renderer import Unbuildable
from ..word.document import document
from ..word.document_cache import DOCUMENTS, FOLDER, cache_document, cached_documents, document_name, write_index
from ..word.manuscript import document_digest, document_pages, manuscript_of


def write_word(project: Path) -> int:
    """Make the documents that are missing or do not fit their pages any more. Returns 1 for errors, else 0."""
    project = project.absolute()
    built = build(project, options_of(project))
    language = built.content.vocabulary.language
    edition = built.edition
    if edition is None:
        print(report(built.problems, language), file=sys.stderr)
        return 1
    folder = project / FOLDER
    read = partial(read_attachment, project / CONTENT, built.content.on_disk)
    known, wrong = cached_documents(folder)
    if wrong:
        print(label("word-wrong", language, folder=FOLDER), file=sys.stderr)
    pages = document_pages(edition)
    digests = {address: document_digest(page, edition.document_key(page), read) for address, page in pages.items()}
    due = [address for address, digest in digests.items() if known.get(address) != digest]
    folder.mkdir(parents=True, exist_ok=True)
    meter = Meter(language)
    try:
        rendered = edition.renderer.render_all([pages[address] for address in due])
    except Unbuildable as error:
        print(report(relative_to(project, error.problems), language), file=sys.stderr)
        return 1
    for at, (address, one) in enumerate(zip(due, rendered, strict=True), 1):
        cache_document(folder, address, document(manuscript_of(pages[address], one, edition, read)))
        meter("word-making", len(due), at)
    write_index(folder, digests)
    _lay_out(project / DOCUMENTS, folder, digests, due)
    print(label("word-made", language, count=len(digests), made=len(due), folder=DOCUMENTS))
    return 0


def _lay_out(shown: Path, kept: Path, addresses: Iterable[str], due: Collection[str]) -> None:
    """Put documents where their writers find them, each once: somebody may have filled in a sender there."""
    for address in addresses:
        name = document_name(address)
        if address in due or not (shown / name).exists():
            cache_document(shown, name, (kept / address).read_bytes())


@click.command(help=both("command-word"))
def command() -> None:
    """Make the documents of the project of the current folder."""
    sys.exit(write_word(Path()))

"""Make documents of a kind of a site's bulletins; the next build links them.

They are kept in the cache, and laid out in a folder that anybody sees.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path

from ..building import build
from ..host.settings import options_of
from ..manuscripts.document_cache import (
    WORD,
    DocumentKind,
    cache_document,
    cached_documents,
    document_name,
    write_index,
)
from ..manuscripts.manuscript import Manuscript, document_digest, document_pages, manuscript_of
from ..pages.days_of_reports import missing_days
from ..problems.catalogue import label
from ..problems.terminal import Meter
from ..problems.text_report import report
from ..project import CONTENT, relative_to
from ..publishing.attachments import read_attachment
from ..rendering.renderer import Unbuildable


def write_documents(project: Path, kind: DocumentKind, document: Callable[[Manuscript], bytes]) -> int:
    """Make the documents that are missing or do not fit their pages any more. Returns 1 for errors, else 0."""
    project = project.absolute()
    built = build(project, options_of(project))
    language = built.content.vocabulary.language
    edition = built.edition
    if edition is None:
        print(report(built.problems, language), file=sys.stderr)
        return 1
    folder = project / kind.cache
    read = partial(read_attachment, project / CONTENT, built.content.on_disk)
    known, wrong = cached_documents(folder)
    if wrong:
        print(label("documents-wrong", language, command=kind.name, folder=kind.cache), file=sys.stderr)
    pages = document_pages(edition, kind)
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
        meter("documents-making", len(due), at)
    write_index(folder, digests)
    _lay_out(project / kind.name, folder, digests, due)
    print(label("documents-made", language, kind=kind.title, count=len(digests), made=len(due), folder=kind.name))
    if kind is WORD:
        for line in missing_days(edition.publishing.archive):
            print(line)
    return 0


def _lay_out(shown: Path, kept: Path, addresses: Iterable[str], due: Collection[str]) -> None:
    """Put documents where their writers find them, each once: somebody may have filled in a sender there."""
    for address in addresses:
        name = document_name(address)
        if address in due or not (shown / name).exists():
            cache_document(shown, name, (kept / address).read_bytes())

"""Make documents of a kind of a site's bulletins; the next build links them.

They are kept in the cache, and laid out in a folder that anybody sees.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from ..building import build
from ..host.settings import options_of
from ..manuscripts.document_cache import (
    WORD,
    DocumentKind,
    cache_document,
    cached_documents,
    checksum,
    document_name,
    made_documents,
    write_index,
)
from ..manuscripts.manuscript import Manuscript, document_digest, document_pages, manuscript_of
from ..pages.missing_in_reports import missing_in_reports
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
    before = made_documents(folder)
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
    edited = _lay_out(project / kind.name, folder, before)
    print(label("documents-made", language, kind=kind.title, count=len(digests), made=len(due), folder=kind.name))
    for name in edited:
        print(label("document-edited", language, path=f"{kind.name}/{name}", command=kind.name))
    if kind is WORD:
        for line in missing_in_reports(edition.publishing.archive):
            print(line)
    return 0


def _lay_out(shown: Path, folder: Path, before: Mapping[str, str]) -> list[str]:
    """Put documents where their writers find them. Returns the names of those that stay as somebody edited them.

    ``before`` has the checksums of the documents that were put there last time.
    """
    edited = []
    for address, made in made_documents(folder).items():
        name = document_name(address)
        there = checksum(shown / name)
        if there in ("", before.get(address)):
            cache_document(shown, name, (folder / address).read_bytes())
        elif there != made:
            edited.append(name)
    return edited

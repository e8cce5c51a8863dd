"""Make the Word documents of a site's bulletins: ``gongbao word``, or ``make word``; the next build links them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..building import CONTENT, build
from ..git.history import read_history
from ..host.settings import settings_of
from ..problems.catalogue import both, label
from ..problems.problem import errors, report
from ..problems.terminal import Meter
from ..word.document import document
from ..word.document_cache import FOLDER, cache_document, cached_documents, write_index
from ..word.manuscript import document_digest, document_pages, manuscript_of


def write_word(project: Path) -> int:
    """Make the documents that are missing or do not fit their pages any more. Returns 1 for errors."""
    project = project.absolute()
    settings, history = settings_of(project), read_history(project)
    built = build(
        project,
        preview=False,
        folders=settings.templates,
        site_url=settings.site_url,
        first_seen=history.first,
        changes=history.last,
    )
    language = built.content.vocabulary.language
    if built.site is None or errors(built.problems):
        print(report(built.problems, language), file=sys.stderr)
        return 1
    site, folder, on_disk = built.site, project / FOLDER, built.content.on_disk

    def read(path: str) -> bytes:
        return (project / CONTENT / on_disk[path]).read_bytes()

    known, wrong = cached_documents(folder)
    if wrong:
        print(label("word-wrong", language, folder=FOLDER), file=sys.stderr)
    folder.mkdir(parents=True, exist_ok=True)
    meter = Meter(language)
    digests: dict[str, str] = {}
    made = 0
    bulletins = list(document_pages(site))
    for at, (address, rendered) in enumerate(bulletins, 1):
        digests[address] = document_digest(rendered.page, site.keys[rendered.page.address], read)
        if known.get(address) != digests[address]:
            cache_document(folder, address, document(manuscript_of(rendered, site, settings.site_url, read)))
            made += 1
        meter("word-making", len(bulletins), at)
    write_index(folder, digests)
    print(label("word-made", language, count=len(digests), made=made, folder=FOLDER))
    return 0


@click.command(help=both("command-word"))
def command() -> None:
    """Make the documents of the project of the current folder."""
    sys.exit(write_word(Path()))

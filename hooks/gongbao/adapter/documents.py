"""The Word documents that ``make word`` has made: linked by the pages that they fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..building import CONTENT, Built
from ..word_bulletins import linked
from ..word_cache import FOLDER, kept
from .notices import say_once


def with_documents(built: Built, project: Path, site_url: str) -> Built:
    """Link a site's pages to their documents, and say what is kept but can't be linked."""
    known, wrong = kept(project / FOLDER)
    language = built.content.vocabulary.language
    if wrong:
        say_once("word-wrong", language, folder=FOLDER)
    if built.site is None or not known:
        return built
    on_disk = built.content.on_disk
    site, stale = linked(built.site, known, site_url, lambda path: (project / CONTENT / on_disk[path]).read_bytes())
    if stale:
        say_once("word-stale", language, count=stale)
    return replace(built, site=site)

"""The pages of ``docs/``, written by hand: checked against the generated ones, and listed for the menu."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils import meta

from ..archive import addresses
from ..checks.fetched import fetched
from ..pages.page import Page
from ..problems.problem import Mark, Problem
from ..publishing.head import head_tags
from ..publishing.publication import Publishing
from ..rendering.edition import Edition
from . import rule_guide
from .hosted_page import UNKNOWN_DAY
from .page_text import first_paragraph, read_page
from .settings import others_take_part, project_of

_FENCE = re.compile(r" *(`{3,}|~{3,})")


def by_hand_problems(config: MkDocsConfig, edition: Edition, made: Collection[str]) -> Iterator[Problem]:
    """Find pages at addresses that the site makes itself, that can't be read, pictures from elsewhere, and dead links.

    MkDocs would replace the first silently, and tell of the others without their line. ``made`` are the names of the
    files that the program makes. Where another plugin writes pages or links, the links are left to MkDocs.
    """
    yield from _unpublishable(config)
    files = _files(config)
    ours = {page.address for page in edition.pages}
    foreseen = not others_take_part(config, "files", "page_markdown", "page_read_source")
    written = {file.src_uri for file in files} | {*made, *rule_guide.pages(config)}
    known = written | {f"{address}index{ending}" for address in ours for ending in (".md", ".html")}
    places = {posixpath.normpath(file.url) for file in files} | {posixpath.normpath(address) for address in ours}
    for file in files:
        path = Path(str(file.abs_src_path))
        shown = path_in_project(str(path), config) or str(path)
        if path.suffix in (".md", ".html") and (address := _address(file)) in ours:
            yield Problem(shown, Mark(), "page.taken", written=f"/{address}")
        if path.suffix != ".md" or file.inclusion == InclusionLevel.EXCLUDED:
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            yield Problem(shown, Mark(), "file.encoding", values={"guess": "?"})
            continue
        for one in fetched(text):
            yield Problem(shown, Mark(text.count("\n", 0, one.start) + 1), "page.picture", written=one.written)
        for link in read_page(text, config).links if foreseen else ():
            if not _leads_somewhere(link, file, known, places):
                yield Problem(shown, Mark(_line_of(link, text)), "link.dead", written=link)


def _unpublishable(config: MkDocsConfig) -> Iterator[Problem]:
    """Yield a problem for whatever MkDocs would publish of ``docs/`` and ``overrides/`` that is no file of the project.

    It follows symbolic links, and reads a pipe without end.
    """
    project = os.path.realpath(project_of(config))
    for folder in (Path(name) for name in (config.docs_dir, config.theme.custom_dir) if name):
        within = Path(os.path.realpath(folder)).is_relative_to(project)
        for path in sorted(folder.rglob("*")):
            if any(part.startswith(".") for part in path.relative_to(folder).parts):
                continue  # which is not published
            shown = path_in_project(str(path), config) or str(path)
            if path.is_symlink() and within and not Path(os.path.realpath(path)).is_relative_to(project):
                yield Problem(shown, Mark(), "page.symlink", written=str(path.readlink()))
            elif not path.is_file() and not path.is_dir():
                yield Problem(shown, Mark(), "file.special")


def linked(config: MkDocsConfig) -> frozenset[str]:
    """Return the paths of all files that hand-written pages link to, as MkDocs names them, be they there or not."""
    found = set()
    for file in _files(config):
        path = Path(str(file.abs_src_path))
        if path.suffix == ".md":
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            for link in read_page(text, config).links:
                target = unquote(urlsplit(link).path)
                found.add(posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), target)))
    return frozenset(found)


def in_menu(config: MkDocsConfig) -> str:
    """Return what the menu depends on of the pages written by hand: their names, fields, titles and first headings."""
    told = []
    for file in _files(config):
        path = Path(str(file.abs_src_path))
        if path.suffix == ".md":
            text = path.read_text(encoding="utf-8-sig", errors="replace")
            told.append((file.src_uri, meta.get_data(text)[1], read_page(text, config).title, _folder_title(text)))
    return repr(told)


def _files(config: MkDocsConfig) -> list[File]:
    docs = Path(config.docs_dir)
    found = (path.relative_to(docs).as_posix() for path in sorted(docs.rglob("*")) if path.is_file())
    files = [File(name, config.docs_dir, config.site_dir, config.use_directory_urls) for name in found]
    set_exclusions(files, config)
    return files


def _address(file: File) -> str:
    name = Path(file.src_uri).with_suffix("")
    place = name.parent if name.name in ("index", "README") else name
    return f"{place.as_posix()}/" if place.parts else addresses.HOME


def _leads_somewhere(link: str, file: File, known: Collection[str], places: Collection[str]) -> bool:
    """Follow a link as MkDocs does, from file to file, or as a browser does, from page to page."""
    path = unquote(urlsplit(link).path)
    from_file = posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), path))
    from_page = posixpath.normpath(posixpath.join(file.url, path))
    return from_file in known or (not posixpath.splitext(path)[1] and from_page in places)


def _line_of(link: str, text: str) -> int:
    """Return the line on which a link stands, or 1; what is in a block of code is an example."""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if (found := _FENCE.match(line)) and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        elif not fence and link in line:
            return number
    return 1


def introduce(page: HostPage, markdown: str, config: MkDocsConfig, publishing: Publishing) -> None:
    """Give a page what the generated ones have: a description, the tags for its head, the day of its last change.

    A page's own description goes before its first paragraph.
    """
    changed = publishing.changes.get(path_in_project(page.file.abs_src_path, config), "")
    page.meta["date_changed"] = changed
    page.update_date = changed or UNKNOWN_DAY
    said = page.meta.get("description", first_paragraph(markdown))
    page.meta["description"] = escape(said or "")
    page.meta["head"] = head_tags(Page(page.url, "", str(page.title), dict, str(said)), publishing)


def listed(files: Files) -> list[Any]:
    """List the pages of ``docs/`` in path order for the menu, those of a folder below the title of its index.

    Of pages that are made, only those are listed that are meant to be.
    """
    every = (f for f in files.documentation_pages() if f.generated_by is None or f.inclusion == InclusionLevel.INCLUDED)
    pages = sorted(every, key=lambda file: file.src_uri)
    top: list[Any] = [file.src_uri for file in pages if "/" not in file.src_uri]
    folders = dict.fromkeys(file.src_uri.split("/")[0] for file in pages if "/" in file.src_uri)
    for folder in folders:
        inside = [file for file in pages if file.src_uri.startswith(f"{folder}/")]
        index = next((file for file in inside if file.name == "index"), inside[0])
        listed = list(dict.fromkeys(file.src_uri for file in [index, *inside]))
        top.append({escape(_folder_title(index.content_string) or folder): listed})
    return top


def _folder_title(text: str) -> str:
    """Return what the menu calls a folder with this index; nothing for one without a title."""
    heading = re.search(r"^(?:title:|#) *(.+)$", text, re.MULTILINE)
    return heading[1] if heading else ""


def path_in_project(path: str | None, config: MkDocsConfig) -> str:
    """Return a file's path from the project's folder, as git has it; nothing for one that lies elsewhere or nowhere."""
    project = project_of(config)
    return Path(path).relative_to(project).as_posix() if path and Path(path).is_relative_to(project) else ""

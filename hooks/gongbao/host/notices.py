"""What the host says beside the site: notices in its log, and problems on the preview's pages.

A notice is about where a site is built and no fault of its content, so it stops nothing: MkDocs' ``--strict``
counts what is logged from WARNING up, and a notice lies just below.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable

from markupsafe import Markup
from mkdocs.plugins import get_plugin_logger

from ..archive.held_back import held_back
from ..building import Build
from ..editing.editor_files import has_bundle
from ..problems.catalogue import Language, label
from ..problems.problem import Problem, errors
from ..problems.text_report import describe

NOTICE = logging.WARNING - 5
logging.addLevelName(NOTICE, "NOTICE")
_log = get_plugin_logger("gongbao")
_said: set[str] = set()


def say_once(name: str, language: Language, **values: object) -> None:
    """Say a label of the catalogue, the first time that it is asked for; a preview builds again and again."""
    told = label(name, language, **values)
    if told not in _said:
        _said.add(told)
        _log.log(NOTICE, told)


def notice_missing(build: Build, language: Language) -> None:
    """Say once what a site lacks because of where it is built."""
    publishing = build.edition.publishing if build.edition else None
    unpictured = publishing and publishing.site_url and not publishing.pictured
    no_url, no_font = "" if build.options.site_url else "no-site-url", "no-font" if unpictured else ""
    history = build.options.history
    if history.missing:
        say_once(history.missing, language, reason=history.reason)
    vocabulary = build.content.vocabulary
    if build.content.known:
        say_once("known-problems", language, count=len(build.content.known))
    for line in () if build.options.preview else held_back(build.content.records, vocabulary):
        _log.log(NOTICE, line)
    for name in filter(None, (no_url, no_font)):
        say_once(name, language)
    if vocabulary.site.editor and not has_bundle():
        say_once("editor-missing", language)
    for documents in build.documents:
        kind = documents.kind
        if documents.is_damaged:
            say_once("documents-wrong", language, kind=kind.title, command=kind.name, folder=kind.cache)
        if documents.stale:
            say_once("documents-stale", language, kind=kind.title, command=kind.name, count=documents.stale)


def told_to_editor(problems: Iterable[Problem], failure: str, language: Language) -> str:
    """Return the problems of a preview as JSON, for the editor that is open in a browser."""
    told = [
        {"path": problem.path, "severity": problem.severity, "text": describe(problem, language)}
        for problem in problems
    ]
    return json.dumps({"problems": told, "failure": failure}, ensure_ascii=False)


def banner(problems: Iterable[Problem], failure: str, language: Language) -> str:
    """Return what stands above every page of the preview while something is wrong, or nothing.

    Warnings alone are folded, for they may be about other records. ``failure`` says what else was wrong.
    """
    found = tuple(problems)
    said = filter(None, [*(describe(problem, language) for problem in found), failure])
    told = Markup().join(Markup("<pre>{}</pre>").format(text) for text in said)
    if not told:
        return ""
    broken = failure or errors(found)
    heading = label("preview-broken", language) if broken else label("preview-warned", language, count=len(found))
    return Markup(
        '<aside class="md-banner"><div class="md-banner__inner md-grid md-typeset">'
        '<details class="gb-problems"{}><summary>{}</summary>{}</details></div></aside>'
    ).format(Markup(" data-broken open" if broken else ""), heading, told)

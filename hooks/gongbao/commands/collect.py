"""Collect what subordinates' sites have published: ``gongbao collect``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from ..archive.collected import CollectedSite
from ..collecting.collection import collect_all
from ..collecting.kept_sites import COLLECTED
from ..problems.catalogue import Language, both, label
from ..problems.problem import errors
from ..problems.terminal import Meter, print_report
from ..problems.text_report import report
from ..project import CONTENT, read


def collect(project: Path, day: date) -> int:
    """Collect all sites of ``sites.yml``, and tell what became of each. Returns 1 if they can't be read, else 0."""
    content = read(project)
    vocabulary = content.vocabulary
    wrong = [one for one in errors(content.problems) if one.path in {f"{CONTENT}/sites.yml", f"{CONTENT}/units.yml"}]
    if wrong or not vocabulary.usable:
        print_report(report(wrong or errors(content.problems), vocabulary.language))
        return 1
    if not vocabulary.sites:
        print(label("collect-none", vocabulary.language), file=sys.stderr)
        return 1
    collected = collect_all(project / COLLECTED, project, vocabulary, day, Meter(vocabulary.language))
    print_report("\n".join(_told(one, vocabulary.language) for one in collected.sites))
    current = sum(one.is_current for one in collected.sites)
    print(label("collect-told", vocabulary.language, count=len(collected.sites), done=current))
    return 0


def _told(site: CollectedSite, language: Language) -> str:
    why = label(site.why.label, language, **dict(site.why.values)) if site.why else ""
    kept = site.data.version if site.data else ""
    stands = label("collect-kept" if kept else "collect-nothing", language, version=kept)
    parts = (label(f"site-{site.state}", language), why, "" if site.is_current else stands, *_refused(site, language))
    return f"{site.id}: {label('comma-between', language).join(filter(None, parts))}"


def _refused(site: CollectedSite, language: Language) -> Iterator[str]:
    """Yield what is not added up, and why."""
    refused = site.data.refused if site.data else ()
    comma = label("comma", language)
    if other := [f"{one.slug} ({label(f'meaning-{one.why}', language)})" for one in refused if one.why != "unknown"]:
        yield label("collect-other-meaning", language, indicators=comma.join(other))
    if unknown := [one.slug for one in refused if one.why == "unknown"]:
        yield label("collect-not-listed", language, indicators=comma.join(unknown))


@click.command(help=both("command-collect"))
def command() -> None:
    """Collect into the project in this folder."""
    sys.exit(collect(Path(), date.today()))

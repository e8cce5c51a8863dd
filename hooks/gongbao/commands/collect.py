"""Collect what subordinates' sites have published: ``gongbao collect``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import localcontext
from pathlib import Path

import click

from ..archive.collected import CollectedSite, Rolled
from ..archive.derived import Derived
from ..collecting.collection import collect_all
from ..collecting.engine import DUCKDB, NoEngine, roll_up_in
from ..collecting.kept_sites import COLLECTED
from ..collecting.rolled import save_rolled
from ..problems.catalogue import Language, both, label
from ..problems.problem import errors
from ..problems.terminal import Meter, print_report
from ..problems.text_report import report
from ..project import CONTENT, archive_of, read
from ..reading.content import Content
from ..records.fields import PRECISION


def collect(project: Path, day: date, engine: str = DUCKDB) -> int:
    """Collect all sites of ``sites.yml``, tell what became of each, and have an engine add up what they say.

    Returns 1 if the sites can't be read, or what they say can't be added up, else 0.
    """
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
    return 0 if errors(content.problems) else _add_up(project, replace(content, collected=collected), engine)


def _add_up(project: Path, content: Content, engine: str) -> int:
    """Have an engine add up, for builds to take; without DuckDB they do it themselves."""
    language = content.vocabulary.language
    with localcontext(prec=PRECISION):
        derived = Derived(archive_of(content))
        try:
            rows = roll_up_in(engine, *derived.rollup_inputs)
        except NoEngine as error:
            print(label("collect-no-engine", language, library=error), file=sys.stderr)
            return int(engine != DUCKDB)
        save_rolled(project / COLLECTED, Rolled(derived.rollup_key, tuple(rows)))
    print(label("collect-added", language, count=len(rows), engine=engine))
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
    if other := [f"{one.slug} ({label(f'refused-{one.why}', language)})" for one in refused if one.why != "unknown"]:
        yield label("collect-other-meaning", language, indicators=comma.join(other))
    if unknown := [one.slug for one in refused if one.why == "unknown"]:
        yield label("collect-not-listed", language, indicators=comma.join(unknown))


@click.option("--engine", default=DUCKDB, metavar="ENGINE", help=both("option-engine"))
@click.command(help=both("command-collect"))
def command(engine: str) -> None:
    """Collect into the project in this folder."""
    sys.exit(collect(Path(), date.today(), engine))

"""The synthetic records: their units, topics and halves, their figures, their promises and the outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from .telling import Teller, words

FIRST_YEAR, YEARS = 2004, 22
UNITS = 20
HIGHLIGHTS = 2  # highlights of a unit in a half
KINDS = {"done": 66, "plan": 16, "problem": 9, "proposal": 6, "overview": 3}
STATUSES = {"done": 75, "partly": 14, "carried": 8, "dropped": 3}


@dataclass(frozen=True)
class Half:
    """A half year of the corpus, by its place among all halves."""

    number: int

    @property
    def year(self) -> int:
        return FIRST_YEAR + self.number // 2

    @property
    def part(self) -> str:
        return f"h{self.number % 2 + 1}"

    @property
    def folder(self) -> str:
        return f"{self.year}/{self.part}"

    @property
    def id(self) -> str:
        return f"{self.year}-{self.part}"


PERIODS = tuple(Half(number) for number in range(2 * YEARS + 1))  # the last one has plans, but no records


@dataclass(frozen=True)
class Place:
    """A record before it is written: its number, half, unit, topic, kind, and the plan whose outcome it reports.

    The first two records of a unit in a half are highlights: a bulletin should have at least two.
    """

    number: int
    period: int
    unit: str
    topic: Mapping[str, Any]
    kind: str
    answers: Place | None = None
    highlight: bool = False

    @property
    def slug(self) -> str:
        return f"{self.topic['slug']}-{self.number:05d}"

    @property
    def id(self) -> str:
        return f"{PERIODS[self.period].id}/{self.slug}"

    @cached_property
    def promise(self) -> Mapping[str, Any]:
        """The promise of a plan. It is drawn by itself, since the record of the outcome needs it too."""
        chance = Random(f"promise {self.number}")
        teller = Teller(chance, self.topic, 7)
        promise: dict[str, Any] = {"id": "next", "text": teller.tell("promises"), "due": PERIODS[self.period + 1].id}
        if chance.random() < 0.5:
            promise["target"] = {"label": teller["thing"], "value": chance.randint(5, 60), "unit": "件"}
        return promise


def units_of(number: int) -> list[Mapping[str, Any]]:
    """Return that many units: those of the word list, and below its two districts as many more as are missing.

    Where there are more than names, the names come again with a number.
    """
    listed: list[Mapping[str, Any]] = words()["units"]
    names = [f"{town}{site}" for site in words()["sites"] for town in words()["towns"]]
    more = []
    for at in range(number - len(listed)):
        times, name = divmod(at, len(names))
        title = f"{names[name]}{f'第{times + 1}' if times else ''}工会"
        more.append({"slug": f"base-{at:03d}", "title": title, "parent": listed[at % 2]["slug"], "level": "workplace"})
    return [*listed[:number], *more]


def schedule(count: int, units: int = UNITS) -> Iterator[Place]:
    """Yield ``count`` places, half by half. The next half answers all plans, so a half plans no more than fit there."""
    chance = Random(f"schedule {count}")
    reporting, topics = (_shuffled(entries, chance) for entries in (units_of(units), words()["topics"]))
    number = 0
    waiting: list[Place] = []
    for period in range(2 * YEARS):
        size, room = _size(count, period), _size(count, period + 1) if period + 1 < 2 * YEARS else count
        planned: list[Place] = []
        told: Counter[str] = Counter()
        for _ in range(size):
            kind = "done" if waiting else chance.choices([*KINDS], [*KINDS.values()])[0]
            kind = "done" if kind == "plan" and len(planned) == room else kind
            plan = waiting.pop(0) if waiting else None
            unit, topic = (plan.unit, plan.topic) if plan else (next(reporting)["slug"], next(topics))
            place = Place(number, period, unit, topic, kind, plan, highlight=told[unit] < HIGHLIGHTS)
            told[unit] += 1
            number += 1
            if kind == "plan":
                planned.append(place)
            yield place
        waiting = planned


def _size(count: int, period: int) -> int:
    """Return the number of records in a half: the same for all, with one more for each of the first halves."""
    return count // (2 * YEARS) + (period < count % (2 * YEARS))


def _shuffled(entries: Sequence[Mapping[str, Any]], chance: Random) -> Iterator[Mapping[str, Any]]:
    """Yield the entries of a word list again and again, each round in another order."""
    while True:
        yield from chance.sample([*entries], len(entries))


def record(place: Place) -> tuple[Mapping[str, Any], str]:
    """Return the front matter and the text of a record."""
    chance = Random(f"record {place.number}")
    half = PERIODS[place.period]
    teller = Teller(chance, place.topic, 1 if half.part == "h1" else 7)
    titles = "titles" if place.kind == "done" else f"{place.kind}_titles"
    fields: dict[str, Any] = {"title": teller.tell(titles), "unit": place.unit, "topics": _topics(place, chance)}
    if place.kind != "done":
        fields["kind"] = place.kind
    if chance.random() < 0.6:
        fields["date"] = f"{half.year}-{teller.month():02d}" + chance.choice(["", f"-{chance.randint(1, 28):02d}"])
    if place.highlight or chance.random() < 0.5:
        fields["summary"] = teller.tell("summaries")
    if place.highlight:
        fields["highlight"] = True
    if place.kind in ("done", "overview"):
        fields["figures"] = list(figures(place, chance))
    if place.kind == "plan":
        fields["commitments"] = [dict(place.promise)]
    if place.answers:
        fields["outcomes"] = [_outcome(place.answers, place, teller)]
    if chance.random() < 0.3:
        fields["source"] = {"ref": chance.choice(words()["sources"])["slug"], "section": f"第{teller['few']}页"}
    if chance.random() < 0.01:
        fields["corrections"] = [{"date": f"{half.year + 1}-03", "text": teller.tell("notes")}]
    return {name: value for name, value in fields.items() if value != []}, teller.text()


def _topics(place: Place, chance: Random) -> list[str]:
    """Return the record's own topic, now and then with another one."""
    other = chance.choice(words()["topics"])["slug"]
    return list(dict.fromkeys([place.topic["slug"], *([other] if chance.random() < 0.2 else [])]))


def _outcome(plan: Place, place: Place, teller: Teller) -> Mapping[str, Any]:
    """Return the outcome of a plan."""
    chance, promise = teller.chance, plan.promise
    status = chance.choices([*STATUSES], [*STATUSES.values()])[0]
    outcome: dict[str, Any] = {
        "commitment": f"{plan.id}#{promise['id']}",
        "status": status,
        "note": teller.tell("notes"),
    }
    if "target" in promise and status in ("done", "partly"):
        target = promise["target"]["value"]
        outcome["value"] = chance.randint(target, target + 9) if status == "done" else chance.randint(1, target - 1)
    if status == "carried":
        outcome["due"] = PERIODS[place.period + 1].id
    return outcome


def figures(place: Place, chance: Random) -> Iterator[Mapping[str, Any]]:
    """Yield the figures of a record: those of its topic's indicators, and some that occur only once.

    A unit with subordinates gives no figure of an indicator that adds up theirs.
    """
    above = {unit.get("parent") for unit in words()["units"]}
    for indicator in words()["indicators"]:
        if indicator["topic"] == place.topic["slug"] and (indicator["aggregate"] == "none" or place.unit not in above):
            reported = value(indicator, place.unit, place.period)
            stated = {"indicator": indicator["slug"], "value": reported, "unit": indicator["unit"]}
            yield stated | _more(reported, chance)
    for thing in chance.sample(place.topic["things"], chance.choice([0, 0, 1, 1, 2])):
        yield {"label": f"{thing}登记数", "value": chance.randint(30, 600), "unit": chance.choice(["件", "户", "人"])}


def value(indicator: Mapping[str, Any], unit: str, period: int) -> int:
    """Return an indicator's value. It suits the size of the unit and grows slowly; year-to-date values double in h2."""
    size: float = indicator["base"] * Random(f"size {unit}").uniform(0.6, 1.8)
    wobble = Random(f"{indicator['slug']} {unit} {period}").uniform(0.75, 1.25)
    if indicator["basis"] == "cumulative":
        return round(size * (1 + 0.06 * period + 0.05 * wobble))
    share = 0.5 + 0.5 * (period % 2) if indicator["basis"] == "year-to-date" else 1
    return round(size * share * wobble * (1 + 0.015 * period))


def _more(value: int, chance: Random) -> dict[str, Any]:
    """Return further fields of a figure, or none: parts that add up, a part of the whole, or a target."""
    part = chance.randint(1, value - 1)
    ways: list[dict[str, Any]] = [
        {"parts": [{"label": "城区", "value": part}, {"label": "乡镇", "value": value - part}]},
        {"among": [{"label": "首次", "value": part}]},
        {"target": max(1, round(value * chance.uniform(0.7, 1.2)))},
    ]
    return chance.choice([{}, {}, {}, *ways])

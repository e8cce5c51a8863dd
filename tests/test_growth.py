"""What takes twice as long to write takes no more than its share longer to read, check and lay out.

Each field of each model, each rule and each shape of an archive is given a small and a larger input. Steps are counted
and not timed, so a busy machine fails no test: a step is a call of a function, Python's or C's. ``make test-long`` also
times larger inputs, for what takes long within one call.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from cProfile import Profile
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest

from gongbao.building import Options, build
from gongbao.pages.navigation import MOST_UNITS, navigation
from gongbao.reading.heaviness import heaviness_problems
from gongbao.reading.lists import LIST_MODELS, read_lists
from gongbao.reading.parsing import read_record
from gongbao.records.models import Model
from gongbao.records.periods import parse_period
from gongbao.records.record import Header
from gongbao.text.prose import render
from small_archives import LISTS, Files, archive, pages_of, record, write
from test_rule_speed import PIECES, VOCABULARY, look

TIMES = 8  # by how much the larger input is larger
AT_MOST = 2.5 * TIMES  # by how much its steps may be more; what is quadratic takes 64 times as many
SMALL = 400  # characters of a small input
FEW_STEPS = 10_000  # whose growth nobody notices

# ---- what a field is given, by the number of characters ----

GROWN: dict[str, Callable[[int], object]] = {
    "letters": lambda size: "a" * size,
    "characters": lambda size: "年" * size,
    "digits": lambda size: "1" * size,
    "dates": lambda size: "2014-" * (size // 5),
    "commas": lambda size: "1," * (size // 2),
    "blanks": lambda size: "a" + " " * size + "a",
    "quotes": lambda size: "“" * size,
    "slashes": lambda size: "http://" + "a/" * (size // 2),
    "texts": lambda size: [f"a{number}" for number in range(size // 8)],
    "the same text": lambda size: ["2014"] * (size // 8),
    "empty mappings": lambda size: [{}] * (size // 4),
    "unknown keys": lambda size: {f"k{number}": 1 for number in range(size // 10)},
    "mappings with unknown keys": lambda size: [{f"k{number}": 1} for number in range(size // 14)],
    "nested lists": lambda size: json.loads("[" * min(size // 2, 900) + "]" * min(size // 2, 900)),
    "tabs": lambda size: "a\t" * (size // 2),
}


def models_below(kind: Any) -> Iterator[type[Model]]:
    """Yield the models in a type, without those within them."""
    if isinstance(kind, type) and issubclass(kind, Model):
        yield kind
    for inner in get_args(kind):
        yield from models_below(inner)


Way = tuple[str, ...]  # the names of fields, from the outermost inwards


def fields_of(kind: Any, way: Way = (), seen: tuple[Any, ...] = ()) -> Iterator[tuple[Way, Any]]:
    """Yield the way to each field of a type, however deep, with the field's own type."""
    for model in models_below(kind):
        if model in seen:
            continue
        for name, field in model.model_fields.items():
            here = (*way, field.alias or name)
            yield here, (repr(field.annotation), repr(field.metadata))
            yield from fields_of(field.annotation, here, (*seen, model))


def each_kind_once(roots: Mapping[str, Any]) -> list[tuple[str, Way]]:
    """The ways to fields of types by name, each kind of field once: a dozen fields are plain lines of text."""
    places: dict[Any, tuple[str, Way]] = {}
    for root, kind in roots.items():
        for way, about in fields_of(kind):
            places.setdefault((about, len(way) > 1), (root, way))
    return [*places.values()]


OF_RECORDS = each_kind_once({"record": Header})
PLACES = [*OF_RECORDS, *each_kind_once(LIST_MODELS)]
MORE_PLACES = [*OF_RECORDS, *(place for one in LIST_MODELS.items() for place in each_kind_once(dict([one])))]


def at(way: Way, value: object) -> object:
    """A mapping in which a value stands at the end of a way."""
    return at(way[:-1], {way[-1]: value}) if way else value


def read_field(root: str, way: Way, value: object) -> Callable[[], object]:
    """A function that reads a file in which a field has a value."""
    told = at(way, value)
    text = json.dumps(told if root in ("record", "site") else [told], ensure_ascii=False)
    period = parse_period("2014-h1")
    assert period
    if root == "record":
        return lambda: read_record(text.encode(), "content/2014/h1/a.yml", period, "a", VOCABULARY)
    return lambda: read_lists({f"{root}.yml": text.encode()}, "content")


Measure = Callable[[Callable[[], object]], float]


def steps(work: Callable[[], object]) -> int:
    """Return how many functions some work calls."""
    profile = Profile(builtins=True)
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def seconds(work: Callable[[], object]) -> float:
    """Return how much of the processor's time some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def grows_too_fast(work: Callable[[int], Callable[[], object]], small: int, measure: Measure) -> str:
    """Compare a small and a larger input; the answer is empty if the larger one takes no more than its share."""
    little, much = (measure(work(size)) for size in (small, TIMES * small))
    least = FEW_STEPS if measure is steps else 0.5
    return "" if much <= max(least, AT_MOST * little) else f"{little} → {much}"


def growth_of_field(root: str, way: Way, grown: Callable[[int], object], size: int, measure: Measure) -> str:
    return grows_too_fast(lambda size: read_field(root, way, grown(size)), size, measure)


def thrice(compare: Callable[[], str]) -> str:
    """Return what is told three times: what is told once or twice may be due to a busy machine."""
    return compare() and compare() and compare()


def name_of(part: object) -> str:
    return part if isinstance(part, str) else ".".join(map(str, part)) if isinstance(part, tuple) else ""


def unsteady(root: str, way: Way, inputs: Collection[str]) -> dict[str, str]:
    """Return the inputs for which a field takes too many steps."""
    read_field(root, way, "a")()
    found = {name: growth_of_field(root, way, GROWN[name], SMALL, steps) for name in inputs}
    return {name: told for name, told in found.items() if told}


@pytest.mark.parametrize(("root", "way"), PLACES, ids=name_of)
def test_the_steps_for_a_field_grow_with_its_length(root: str, way: Way) -> None:
    """Neighbouring fields get different inputs, a fifth of them each; ``make test-long`` gives all to each."""
    assert not unsteady(root, way, [*GROWN][PLACES.index((root, way)) % 5 :: 5])


@pytest.mark.slow
@pytest.mark.parametrize(("root", "way"), PLACES, ids=name_of)
def test_the_steps_for_a_field_grow_with_its_length_whatever_it_is(root: str, way: Way) -> None:
    assert not unsteady(root, way, GROWN)


# Up to 100 KB in every field, and up to 0.8 MB, which is nearly as much as a file may have, in some.
LENGTHS = [*((12_000, *place) for place in MORE_PLACES), *((100_000, *place) for place in MORE_PLACES[::8])]


@pytest.mark.slow
@pytest.mark.parametrize(("size", "root", "way"), LENGTHS, ids=str)
def test_the_time_for_a_field_grows_with_its_length(size: int, root: str, way: Way) -> None:
    found = {name: thrice(partial(growth_of_field, root, way, grown, size, seconds)) for name, grown in GROWN.items()}
    assert not {name: told for name, told in found.items() if told}


# ---- texts ----


def row(piece: str, size: int) -> str:
    return piece * (size // len(piece))


SHAPES: dict[str, Callable[[int], str]] = {
    **{piece: partial(row, piece) for piece in PIECES},
    "a wide table": lambda size: "|a" * (size // 8) + "|\n" + "|-" * (size // 8) + "|\n" + "|\n" * (size // 4),
    "many tables": lambda size: "|a|b|\n|-|-|\n|1|2|\n\n" * (size // 20),
    "quotations in quotations": lambda size: "> " * min(size // 2, 150) + "a",
    "lists in lists": lambda size: "".join(f"{'    ' * level}- a\n" for level in range(min(size // 60, 30))) * 2,
    "numbers without units": lambda size: "1" * size + "x",
    "groups of digits": lambda size: "1,234." * (size // 6),
    "ordinals": lambda size: "第1" * (size // 2),
}


NO_LINKS: Callable[[str], str | None] = {"": ""}.get


def make_html(text: str) -> object:
    """Make HTML of a text, unless it is refused."""
    if any(heaviness_problems(text, 1, "a.md")):
        return ""
    try:
        return render(text, NO_LINKS)
    except RecursionError:  # is told: see `text.nested`
        return ""


# Every fourth piece, and every shape that has a name of its own; ``make test-long`` tries all.
RARE = {piece for at, piece in enumerate(PIECES) if at % 4}
SOME_SHAPES = [pytest.param(name, marks=pytest.mark.slow) if name in RARE else name for name in SHAPES]


@pytest.mark.parametrize("name", SOME_SHAPES)
def test_the_html_of_a_text_grows_with_its_length(name: str) -> None:
    shape = SHAPES[name]
    make_html(shape(50))
    told = grows_too_fast(lambda size: lambda: make_html(shape(size)), SMALL, steps)
    assert not told
    small, large = (str(make_html(shape(size))) for size in (SMALL, TIMES * SMALL))
    assert len(large) < max(20_000, AT_MOST * len(small))


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_the_time_for_the_html_of_a_text_grows_with_its_length(name: str) -> None:
    shape = SHAPES[name]
    assert not thrice(lambda: grows_too_fast(lambda size: lambda: make_html(shape(size)), 12_000, seconds))


@pytest.mark.parametrize("piece", [piece for piece in PIECES if piece.strip()][::7])
def test_the_steps_of_all_rules_grow_with_the_text(piece: str) -> None:
    """`test_rule_speed` times them all."""
    look(piece * 3)
    assert not grows_too_fast(lambda size: lambda: look(piece * (size // len(piece))), SMALL, steps)


# ---- archives ----

PLAN = record("计划。\n", kind="plan", commitments=[{"id": "c", "text": "办一次活动", "due": "2015-h1"}])


def units(count: int, parent: Callable[[int], int | None]) -> Files:
    entries = [{"slug": f"u{one}", "title": f"第{one}工会", "reports": {"from": "2014-h1"}} for one in range(count)]
    for one, entry in enumerate(entries):
        above = parent(one)
        if above is not None:
            entry["parent"] = f"u{above}"
    return {"units.yml": entries}


def by_units(count: int, parent: Callable[[int], int | None]) -> Files:
    some = {f"2014/h1/r{one}.md": record(unit=f"u{one * count // 8}") for one in range(8)}
    return {**LISTS, **units(count, parent), **some}


ARCHIVES: dict[str, Callable[[int], Files]] = {
    "records": lambda count: {**LISTS, **{f"2014/h1/r{one}.md": record(f"第{one}件。\n") for one in range(count)}},
    "outcomes of one commitment": lambda count: {
        **LISTS,
        "2014/h1/plan.md": PLAN,
        **{
            f"2014/h2/r{one}.md": record(outcomes=[{"commitment": "2014-h1/plan#c", "status": "carried"}])
            for one in range(count)
        },
    },
    "outcomes in one record": lambda count: {
        **LISTS,
        "2014/h1/plan.md": PLAN,
        "2014/h2/r.md": record(outcomes=[{"commitment": "2014-h1/plan#c", "status": "done"}] * count),
    },
    "unknown commitments": lambda count: {
        **LISTS,
        "2014/h1/plan.md": record(
            kind="plan", commitments=[{"id": f"c{one}", "text": f"事项{one}", "due": "2015"} for one in range(count)]
        ),
        "2014/h2/r.md": record(
            outcomes=[{"commitment": f"2014-h1/plan#d{one}", "status": "done"} for one in range(count)]
        ),
    },
    "promises repeated": lambda count: {
        **LISTS,
        **{
            f"2014/{half}/plan.md": record(
                kind="plan",
                commitments=[{"id": f"c{one}", "text": f"{one}号事", "due": "2015"} for one in range(count)],
            )
            for half in ("h1", "h2")
        },
    },
    "a chain of parents": lambda count: by_units(count, lambda one: one - 1 if one else None),
    "a circle of parents": lambda count: by_units(count, lambda one: (one - 1) % count),
    "one parent of all": lambda count: by_units(count, lambda one: 0 if one else None),
    "unknown units": lambda count: {
        **LISTS,
        **units(count, lambda _: None),
        **{f"2014/h1/r{one}.md": record(unit=f"v{one}") for one in range(count)},
    },
    "topics": lambda count: {
        **LISTS,
        "topics.yml": [{"slug": f"t{one}", "title": f"主题{one}"} for one in range(count)],
        **{f"2014/h1/r{one}.md": record(topics=[f"t{one}", f"t{(one + 1) % count}"]) for one in range(count)},
    },
    "waivers": lambda count: {
        **LISTS,
        "2014/h1/r.md": record(
            "待补充。\n" * count,
            allow=[{"rule": "figure.sum", "reason": "原文", "field": f"figures[{one}]"} for one in range(count)],
        ),
    },
    "waivers of periods": lambda count: {
        **LISTS,
        "periods.yml": [
            {"period": f"{1900 + one // 2}-h{one % 2 + 1}", "allow": [{"rule": "leftover.todo", "reason": "原文"}]}
            for one in range(min(count, 200))
        ],
        **{f"2014/h1/r{one}.md": record("待补充。\n") for one in range(count)},
    },
    "attachments": lambda count: {
        **LISTS,
        "2014/h1/r/index.md": record("".join(f"[附件](a{one}.pdf)\n" for one in range(count))),
        **{f"2014/h1/r/a{one}.pdf": b"%PDF-" for one in range(count)},
    },
    "links between records": lambda count: {
        **LISTS,
        **{f"2014/h1/r{one}.md": record(f"见[那里](r{(one + 1) % count}.md)。\n") for one in range(count)},
    },
    "figures and braces": lambda count: {
        **LISTS,
        "2014/h1/r.md": record(
            "".join(f"有{{{{ 数{one} }}}}。" for one in range(count)),
            figures=[{"label": f"数{one}", "value": one, "unit": "人"} for one in range(count)],
        ),
    },
    "a figure through the years": lambda count: {
        **LISTS,
        "indicators.yml": [{"slug": "members", "title": "会员", "unit": "人", "aggregate": "sum"}],
        **{
            f"{1900 + one}/h1/r.md": record(figures=[{"indicator": "members", "value": one}])
            for one in range(min(count, 100))
        },
    },
    "copies": lambda count: {
        **LISTS,
        **{f"2014/h1/r{one}.md": record("今年上半年全镇工会办了许多事情。" * 8 + "\n") for one in range(count)},
    },
    "corrections": lambda count: {
        **LISTS,
        "2014/h1/r.md": record(corrections=[{"date": "2015-01-01", "text": f"更正{one}"} for one in range(count)]),
    },
    "aliases": lambda count: {
        **LISTS,
        **{f"2014/h1/r{one}.md": record(aliases=[f"2013-h1/s{one}"]) for one in range(count)},
    },
}
A_FEW = 12  # things in a small archive


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_steps_for_an_archive_grow_with_it(name: str, tmp_path: Path) -> None:
    shape = ARCHIVES[name]

    def work(count: int) -> Callable[[], object]:
        project = write(tmp_path / str(count), shape(count))
        return lambda: build(project, Options())

    work(A_FEW // 2)()
    assert not grows_too_fast(work, A_FEW, steps)


def test_a_units_page_and_menu_stay_as_large_where_units_are_many(tmp_path: Path) -> None:
    """With all units in the menu of each one's page, the bytes of a site would be the square of their number."""

    def sizes(count: int) -> tuple[int, int]:
        built = archive(tmp_path / str(count), by_units(count, lambda one: 0 if one else None)).archive
        [page] = pages_of(built, "units/u8/").values()
        [listed] = [item for item in navigation(built) if item.address == "units/"]
        return len(page), len(listed.below)

    page, listed = sizes(9)
    assert listed == 9
    assert sizes(MOST_UNITS + 1) == (page, 0)

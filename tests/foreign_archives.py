"""Two archives of the shape of others' own: reports of a software project by quarters, and goals by halves, in English.

The words are made up. Such archives are full of contact addresses, links, code, bare lists of what is to do, skipped
numbers, empty bullets, long paragraphs, text from the quarter before; or of tables of facts, open tasks, questions and
templates' own sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from small_archives import Files, record

AREAS = ("kernel", "network", "storage", "ports", "documentation", "toolchain", "release-engineering", "board")
PARTS = (
    *("driver", "scheduler", "installer", "page-table", "loader", "manual", "bootstrap", "tracer", "mirror"),
    *("allocator", "firewall", "packet-filter"),
)
DOES = (
    *("now handles interrupts on the new boards", "was rewritten to avoid a lock that every request had to take"),
    *("is being reviewed by two people from the storage group", "failed on machines with more than 256 cores"),
    *("has moved to a library that its authors still maintain", "needs somebody with the hardware to try it"),
    *("went into the main branch in the second month of the quarter", "builds 12% faster than it did a year ago"),
    *("is described in a new chapter of the handbook", "will be merged back to the stable branch next quarter"),
    *("got 34 patches from 11 people, 5 of them for the first time", "no longer depends on the old compiler"),
)
DOMAIN = "harbour-os.example"


def _sentences(rnd: Random) -> Iterator[str]:
    while True:
        yield f"The {rnd.choice(PARTS)} {rnd.choice(DOES)}."


def _paragraphs(rnd: Random, words: int) -> str:
    """Paragraphs of 300 to 900 signs, of so many words together."""
    made: list[str] = []
    sentences = _sentences(rnd)
    while sum(len(one.split()) for one in made) < words:
        made.append(" ".join(islice(sentences, rnd.randint(4, 13))))
    return "\n\n".join(made)


def status_reports(entries: int, addresses: int) -> Files:
    """Status reports of twenty quarters, so of ten halves: so many entries, with so many contact addresses in all."""
    rnd = Random(1)
    files: dict[str, object] = _lists("harbour", "Harbour OS status reports", "The Harbour OS project")
    before: dict[str, str] = {}  # what was written of each work last
    for number in range(entries):
        year, quarter = divmod(number * 20 // entries, 4)
        work = f"{PARTS[number % len(PARTS)]} {number % 29}"
        contacts = addresses // entries + (number < addresses % entries)
        before[work] = text = _entry(rnd, number, contacts, before.get(work, ""))
        files[f"{2019 + year}/h{quarter // 2 + 1}/{work.replace(' ', '-')}-{number}.md"] = record(
            text,
            title=work.capitalize(),
            unit="harbour",
            topics=[AREAS[number % len(AREAS)]],
            date=f"{2019 + year}-{quarter * 3 + 1:02d}/{2019 + year}-{quarter * 3 + 3:02d}",
        )
    return files


def _lists(slug: str, name: str, unit: str) -> dict[str, object]:
    return {
        "site.yml": {"name": {"en": name}, "language": "en"},
        "units.yml": [{"slug": slug, "title": {"en": unit}}],
        "topics.yml": [{"slug": area, "title": {"en": area.replace("-", " ").capitalize()}} for area in AREAS],
    }


def _entry(rnd: Random, number: int, contacts: int, before: str) -> str:
    links = f"- [Sources](https://git.{DOMAIN}/{number}) URL: <https://git.{DOMAIN}/{number}>\n- https://wiki.{DOMAIN}/{number}\n"
    people = "".join(f"Contact: Working group {number % 37} <group-{number}-{at}@{DOMAIN}>\n" for at in range(contacts))
    parts = [f"Links:\n{links}", people, _paragraphs(rnd, rnd.randint(110, 600))]
    if before and number % 3 == 0:
        parts.insert(3, max(before.split("\n\n"), key=len))
    if number % 5 == 0:
        parts.append(f"```sh\n$ pkg install harbour-{number}\n$ sysctl net.inet.{number}=1 # TODO: document\n```")
    if number % 22 == 0:
        parts.append(
            "TODO:\n\n- ports of the old boards\n- TODO\n-\n- review D4711\n- man pages, XXX rewrite `intro(4)`"
        )
    if number % 7 == 0:
        parts.append("Open tasks:\n\n1. Measure it\n2. Write it down\n4. Ask for review\n5. Merge")
    if number % 9 == 0:
        parts.append(
            "## Help wanted\n\n**Testers**\n\n* Try the image at <http://ftp.harbour-os.example/snapshots/>!\n* ???"
        )
    if number % 4 == 0:
        parts.append(f"Sponsor: The Harbour Foundation; PR 2{number:05d}, commits 9f8e7d6c5b4a and a1b2c3d4e5f6.")
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def project_goals(goals: int) -> Files:
    """Goals of a project for four halves, each a proposal with tables of facts and of who does what."""
    rnd = Random(2)
    files: dict[str, object] = _lists("corrode", "Corrode project goals", "The Corrode project")
    for number in range(goals):
        year, half = divmod(number * 4 // goals, 2)
        files[f"{2024 + year}/h{half + 1}/{PARTS[number % len(PARTS)]}-{number}.md"] = record(
            _goal(rnd, number),
            title=f"{PARTS[number % len(PARTS)].capitalize()}, stage {number}",
            unit="corrode",
            topics=[AREAS[number % len(AREAS)]],
            kind="plan",
        )
    return files


def _goal(rnd: Random, number: int) -> str:
    handle = f"@hand-{number}"
    return f"""\
| Metadata         |                                                     |
|:-----------------|-----------------------------------------------------|
| Point of contact | {handle}                                            |
| Teams            | <!-- TEAMS WITH ASKS -->                            |
| Task owners      | <!-- TASK OWNERS -->                                |
| Status           | {("Proposed", "Accepted", "Proposed for flagship", "Not accepted")[number % 4]} |
| Tracking issue   | [corrode/goals#{number}](https://git.{DOMAIN}/goals/{number}) |
| Zulip channel    | N/A                                                 |

## Summary

{next(_sentences(rnd))}

## Motivation

{_paragraphs(rnd, 90)}

### The status quo

{_paragraphs(rnd, 150)}

> "Why does my {PARTS[number % len(PARTS)]} not compile?" -- everybody, once

### The next 6 months

- [x] Draft the design
- [ ] Land the {PARTS[number % len(PARTS)]} behind a gate
  - [ ] Write the tests
- [ ] TBD

### The "shiny future" we are working towards

{_paragraphs(rnd, 60)}

```rust
async fn main() {{ todo!() }} // FIXME
```

## Design axioms

* **Small steps.** {next(_sentences(rnd))}
* **We prefer *fast* to *clever*.**

## Ownership and team asks

**Owner:** {handle}

| Task                | Owner(s) or team(s)      | Notes                          |
|---------------------|--------------------------|--------------------------------|
| Implementation      | {handle}, Help wanted    |                                |
| Discussion          | language, compiler       | TBD                            |
| ↳ Review            | compiler                 | see [this thread][thread]      |
| Inside the compiler |                          | ??                             |

[thread]: https://talk.{DOMAIN}/t/{number}

## Frequently asked questions

### What do I do with this space?

This is a good place to elaborate on your reasoning above. None yet.

### Why not do this in {2024 + number % 3}?

{_paragraphs(rnd, 40)}
"""

"""``form.link``: a link or picture that leads nowhere within the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from ...archive import addresses
from ...problems.problem import Problem
from ...records.record import Record
from ...text.anchors import heading_id
from ...text.prose import OUTGOING_SCHEMES
from ..body import Link, headings, plain_words
from ..case import Case
from ..passages import Hit, body_of, problem_in
from ..targets import LinkTargets, links_of


def check(case: Case) -> Iterator[Problem]:
    """Find the links and pictures of all bodies that lead nowhere."""
    targets = LinkTargets(case.archive)
    for record in case.archive.records:
        own: set[str] | None = None
        body = body_of(record)
        for link in links_of(record):
            if link.address.startswith("#") and own is None:
                own = _anchors(record)
            if _leads_nowhere(record, link, targets, own or set()) and case.complete:
                written = link.address or record.text[link.start : link.end]
                yield problem_in(body, "form.link", Hit(link.start, link.end, written))


def _leads_nowhere(record: Record, link: Link, targets: LinkTargets, own: set[str]) -> bool:
    try:
        split = urlsplit(link.address)
    except ValueError:
        return True
    if split.scheme or split.netloc:
        return bool(split.scheme) and split.scheme not in OUTGOING_SCHEMES
    if not split.path:
        return bool(split.query) or unquote(split.fragment) not in own
    return not targets.leads(record, split.path)


def _anchors(record: Record) -> set[str]:
    """Return the anchors in a record's page: its commitments, and its headings (a repeated one with a number)."""
    seen: Counter[str] = Counter()
    found = {addresses.commitment_anchor(commitment.id) for commitment in record.commitments}
    for heading in headings(body_of(record)):
        name = heading_id(plain_words(heading.words))
        found.add(f"{name}_{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return found

"""``form.link``: a link or picture that leads nowhere within the site."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from ...archive import addresses
from ...problems.problem import Problem
from ...problems.spelling import near
from ...records.links import is_trap, leads_out, link_address
from ...records.record import Record
from ...text.anchors import anchor_in_text, heading_anchor
from ..body import Link, headings, plain_words
from ..case import Case
from ..fetched import is_elsewhere
from ..passages import Hit, Passage, body_of, problem_in
from ..targets import LinkTargets, escaped, is_local, links_of, name_of_local_file


def check(case: Case) -> Iterator[Problem]:
    """Find the links and pictures of all bodies that lead nowhere, or to no part of a record."""
    targets = LinkTargets(case.archive) if case.complete else None
    known: dict[str, Collection[str]] = {}
    for record in case.archive.records:
        body = body_of(record)
        for link in links_of(record):
            if is_local(link.address):
                yield problem_in(body, "form.link", _on_own_computer(record, link))
            elif targets is None:
                continue  # it may lead to a record that could not be read
            elif _leads_nowhere(record, link, targets):
                written = link.address or record.text[link.start : link.end]
                yield problem_in(body, "form.link", _nowhere(record, link, written, targets))
            elif "#" in link.address and (target := _record_of(record, link, targets)):
                anchors = known[target.id] if target.id in known else known.setdefault(target.id, _anchors(target))
                if hit := _to_no_part(body, link, anchors):
                    yield problem_in(body, "form.link", hit)


def _on_own_computer(record: Record, link: Link) -> Hit:
    """Return the fault of a link to a file on the writer's computer; mended if that file lies beside the record."""
    name = name_of_local_file(link.address)
    whole = record.text[link.start : link.end]
    if any(posixpath.basename(path) == name for path in record.attachments) and whole.count(link.address) == 1:
        right = whole.replace(link.address, escaped(name))
        return Hit(link.start, link.end, link.address, (("suggestion", right),), right, safe=True)
    stem = posixpath.splitext(record.path)[0]
    folder = posixpath.dirname(stem) if posixpath.basename(stem) == "index" else stem
    return Hit(link.start, link.end, link.address, (("local-file", name), ("folder", folder)))


def _nowhere(record: Record, link: Link, written: str, targets: LinkTargets) -> Hit:
    """Return the fault of a link, with the address that it must mean if there is one."""
    meant = targets.meant(record, link.address) if link.address else ""
    whole = record.text[link.start : link.end]
    if not meant or whole.count(link.address) != 1:
        return Hit(link.start, link.end, written)
    return Hit(link.start, link.end, written, (("suggestion", meant),), whole.replace(link.address, meant))


def _leads_nowhere(record: Record, link: Link, targets: LinkTargets) -> bool:
    """Whether a link leads to nothing in the site. Of traps and of pictures from elsewhere, others tell (`safety`)."""
    written = unescape(link.address)
    address = link_address(written)
    if leads_out(address) or is_trap(written) or (link.picture and is_elsewhere(link.address)):
        return False
    if not address and written:
        return True
    split = urlsplit(address)
    if not split.path:
        return bool(split.query) or not split.fragment
    return not targets.leads(record, split.path)


def _record_of(record: Record, link: Link, targets: LinkTargets) -> Record | None:
    """Return the record to a part of which a link leads. None for another page, or for a part that each page has."""
    split = urlsplit(link_address(unescape(link.address)))
    of_page = split.fragment.startswith("gb-") and not split.fragment.startswith(addresses.commitment_anchor(""))
    found = None if split.scheme or split.netloc or of_page else targets.record(record, split.path)
    return None if found and found.withdrawn else found


def _to_no_part(body: Passage, link: Link, anchors: Collection[str]) -> Hit | None:
    """Return the hit for a link to a part that is none of the anchors, with these. None for a link to one of them."""
    path, _, fragment = link.address.partition("#")
    if unquote(fragment) in anchors or anchor_in_text(unquote(fragment)) in anchors:
        return None
    values = {"expected": "、".join(f"{path}#{anchor}" for anchor in anchors)}
    mended = None
    if nearest := near(unquote(fragment), anchors):
        mended = values["suggestion"] = f"{path}#{nearest}"
    start = body.text.rfind(link.address, link.start, link.end)
    start, end = (start, start + len(link.address)) if start >= 0 else (link.start, link.end)
    return Hit(start, end, link.address, tuple(values.items()), mended if end - start == len(link.address) else None)


def _anchors(record: Record) -> Collection[str]:
    """Return the anchors in a record's page in order: its headings (a repeated one with a number), its commitments."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for heading in headings(body_of(record)):
        name = heading_anchor(plain_words(heading.words))
        found.append(f"{name}_{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return [*found, *(addresses.commitment_anchor(commitment.id) for commitment in record.commitments)]

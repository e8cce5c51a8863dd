"""Where every page is. An address is relative to the site's root, ends in ``/``, and is permanent.

Nothing else in the program puts an address together.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote, unquote

from ..records.periods import Period
from ..records.record import Record

HOME = ""
TOPICS = "topics/"
UNITS = "units/"
LATEST = "latest/"
FIGURES = "figures/"
PLANS = "plans/"
REGISTER = "register/"
DATA = "data/"
CORRECTIONS = "corrections/"
ROBOTS = "robots.txt"  # at a host's root: programs look for it there alone
SITEMAP = "sitemap.xml"
SEARCH = "search/"
SEARCH_INDEX = "pagefind/"


def year(name: str) -> str:
    """A year's page, by name (``2014`` or ``undated``)."""
    return f"{name}/"


def bulletin(period: Period) -> str:
    """A period's bulletin."""
    return f"{period.year_name}/{period.part}/"


def topic_of_period(period: Period, topic: str) -> str:
    """A topic's full text in one period."""
    return f"{bulletin(period)}{topic}/"


def record(record: Record) -> str:
    """A record's own page."""
    return _record_page(bulletin(record.period), record.slug)


def _record_page(bulletin: str, slug: str) -> str:
    return f"{bulletin}records/{slug}/"


def former_record(record_id: str) -> str:
    """The page that an earlier id of a record (``2014-h1/old``) had."""
    period, _, slug = record_id.partition("/")
    year_name, _, part = period.lower().partition("-")
    return _record_page(f"{year_name}/{part}/", slug)


def topic(slug: str) -> str:
    """A topic through the years."""
    return f"{TOPICS}{slug}/"


def indicator(slug: str) -> str:
    """An indicator through the periods."""
    return f"{FIGURES}{slug}/"


def unit(slug: str) -> str:
    """A unit through the years."""
    return f"{UNITS}{slug}/"


def unit_bulletin(slug: str, period: Period) -> str:
    """A unit's own bulletin of one period."""
    return f"{unit(slug)}{period.id}/"


def commitment(made_in: Record, identity: str) -> str:
    """Where a commitment stands on its record's page: the page and the fragment."""
    return f"{record(made_in)}#{commitment_anchor(identity)}"


def commitment_anchor(identity: str) -> str:
    """The anchor of a commitment on its record's page."""
    return f"gb-c-{identity}"


def feed(page: str) -> str:
    """The Atom feed of a page."""
    return f"{page}feed.xml"


def json_feed(page: str) -> str:
    """The JSON Feed of a page."""
    return f"{page}feed.json"


def data_file(name: str) -> str:
    """A file of the open data."""
    return f"{DATA}{name}"


def picture(period: Period) -> str:
    """The picture that stands for a period where a link to it is shared."""
    return f"{bulletin(period)}card.png"


@lru_cache(maxsize=1 << 16)  # every page leads to the same few places
def relative(start: str, target: str) -> str:
    """Write the way from the page at ``start`` to ``target`` (an address, or a file), for a browser.

    The site then works under any base path.
    """
    page, _, fragment = target.partition("#")
    here, there = _steps(start), _steps(page)
    shared = len(posixpath.commonprefix([here, there]))
    path = "/".join([*[".."] * (len(here) - shared), *there[shared:]]) or "."
    end = "/" if not page or page.endswith("/") else ""
    return quote(path) + end + (f"#{quote(fragment)}" if fragment else "")


@lru_cache(maxsize=1 << 13)
def _steps(address: str) -> tuple[str, ...]:
    return tuple(filter(None, address.split("/")))


def target(start: str, link: str) -> str:
    """Return the address that a relative link (without its fragment) on the page at ``start`` leads to."""
    place = posixpath.normpath(posixpath.join(f"/{start}", unquote(link))).lstrip("/")
    return f"{place}/" if place and link.endswith(("/", ".")) else place


def word(slug: str, period: Period) -> str:
    """A bulletin as a Word document, beside its page: a unit's, or of all units without a slug.

    The file's name tells what it is wherever it is sent, in signs that every mail program knows.
    """
    folder = unit_bulletin(slug, period) if slug else bulletin(period)
    return f"{folder}{slug if slug and slug.isascii() else 'bulletin'}-{period.id}.docx"


def attachment(beside: Record, path: str) -> str:
    """A file beside a folder record (``2014/h1/meet/map.png`` in ``content/``)."""
    return f"{record(beside)}{attachment_name(path)}"


def attachment_name(path: str) -> str:
    """Return a file's name as its record knows it: ``map.png``, ``plans/map.png``."""
    return posixpath.relpath(path, record_folder(path))


def record_folder(path: str) -> str:
    """Return the folder of a record (``2014/h1/meet``) in which a file of ``content/`` lies."""
    return "/".join(path.split("/")[:3])


def absolute(site_url: str, target: str) -> str:
    """Write the absolute address of a page, or of a place on it, for a site published at ``site_url``."""
    page, _, fragment = target.partition("#")
    return f"{site_url.rstrip('/')}/{quote(page)}" + (f"#{quote(fragment)}" if fragment else "")


def link_target(start: str, link: str) -> str:
    """Return the path in ``content/`` that a relative link in the file ``start`` leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(start), link))

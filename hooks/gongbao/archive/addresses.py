"""The addresses of all pages and files. They are relative to the site's root and permanent; a page's ends in ``/``.

No other module of the program puts an address together.
"""

from __future__ import annotations

import posixpath
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

from ..records.periods import Period
from ..records.record import Record

HOME = ""
TOPICS = "topics/"
UNITS = "units/"
LATEST = "latest/"
FIGURES = "figures/"
DOUBTS = "figures/doubts/"
PLANS = "plans/"
PACE = "plans/pace/"
REGISTER = "register/"
COMPARE = "compare/"
COMPARE_SCRIPT = "assets/gongbao-compare.js"
DATA = "data/"
CORRECTIONS = "corrections/"
ROBOTS = "robots.txt"  # programs look for it at a host's root only (RFC 9309)
HEADERS = "_headers"  # some hosts read it at the root of what they publish
SITEMAP = "sitemap.xml"
EDIT = "edit/"  # the editor, where a site turns it on
EDIT_PROBLEMS = f"{EDIT}problems.json"  # in a preview alone
SEARCH = "search/"
SEARCH_INDEX = "pagefind/"
SITES = "sites/"  # of subordinates
VERSIONS = "versions/"  # below the page of a record or a bulletin


def year(name: str) -> str:
    """Return the address of a year's page, by the year's name (``2014`` or ``undated``)."""
    return f"{name}/"


def bulletin(period: Period) -> str:
    """Return the address of a period's bulletin."""
    return f"{period.year_name}/{period.part}/"


def topic_of_period(period: Period, topic: str) -> str:
    """Return the address of the page with all texts of a topic in one period."""
    return f"{bulletin(period)}{topic}/"


def record(record: Record) -> str:
    """Return the address of a record's own page."""
    return page_of_slug(bulletin(record.period), record.slug)


def page_of_slug(bulletin: str, slug: str) -> str:
    """Return the address of the page of a record that has a slug, below the address of its bulletin."""
    return f"{bulletin}records/{slug}/"


def former_record(record_id: str) -> str:
    """Return the address that a record had under an earlier id (``2014-h1/old``)."""
    period, _, slug = record_id.partition("/")
    year_name, _, part = period.lower().partition("-")
    return page_of_slug(f"{year_name}/{part}/", slug)


def version(of: Record, number: int) -> str:
    """Return the address of a version of a record, which says the same for ever."""
    return f"{record(of)}{VERSIONS}{number}/"


def edition(period: Period, number: int) -> str:
    """Return the address of an edition of a period's bulletin, which says the same for ever."""
    return f"{bulletin(period)}{VERSIONS}{number}/"


def compared_halves(later: Period) -> str:
    """Return the address of a half beside the half before."""
    return f"{COMPARE}{later.id}/"


def compared_units(slug: str) -> str:
    """Return the address of a unit's newest half beside that of the next unit."""
    return f"{COMPARE}latest/{slug}/"


def topic(slug: str) -> str:
    """Return the address of a topic's page, which covers all periods."""
    return f"{TOPICS}{slug}/"


def indicator(slug: str) -> str:
    """Return the address of an indicator's page, which covers all periods."""
    return f"{FIGURES}{slug}/"


def chart(slug: str, name: str) -> str:
    """Return the address of a chart of an indicator, by the name of its file."""
    return f"{indicator(slug)}{name}"


def indicator_table(slug: str) -> str:
    """Return the address of the table of an indicator's figures, which lies among the open data."""
    return data_file(f"figures-{slug}.csv")


def unit(slug: str) -> str:
    """Return the address of a unit's page, which covers all periods."""
    return f"{UNITS}{slug}/"


def unit_bulletin(slug: str, period: Period) -> str:
    """Return the address of a unit's own bulletin of one period."""
    return f"{unit(slug)}{period.id}/"


def sites_of_half(period: Period) -> str:
    """Return the address of what subordinates' sites have published of a half."""
    return f"{SITES}{period.id}/"


def sites_indicator(slug: str) -> str:
    """Return the address of an indicator over the levels: what subordinates' sites have published, added up."""
    return f"{SITES}figures/{slug}/"


def commitment(made_in: Record, identity: str) -> str:
    """Return the address of a commitment: its record's page, with the fragment ``#…``."""
    return f"{record(made_in)}#{commitment_anchor(identity)}"


def commitment_anchor(identity: str) -> str:
    """Return the anchor of a commitment on its record's page."""
    return f"gb-c-{identity}"


def plans_of_status(status: str) -> str:
    """Return the address of the part of the ledger that has the promises of one status."""
    return f"{PLANS}{status}/"


def plans_of_unit(slug: str) -> str:
    """Return the address of the part of the ledger that has the promises of one unit."""
    return f"{PLANS}units/{slug}/"


def year_of_list(address: str, year: str) -> str:
    """Return the address of the page of one year, by the year's name, of a list that is too long for its own page."""
    return f"{address}{year}/"


def feed(page: str) -> str:
    """Return the address of a page's Atom feed."""
    return f"{page}feed.xml"


def json_feed(page: str) -> str:
    """Return the address of a page's JSON Feed."""
    return f"{page}feed.json"


def data_file(name: str) -> str:
    """Return the address of a file of the open data."""
    return f"{DATA}{name}"


def picture(period: Period) -> str:
    """Return the address of the picture that is shown with a shared link to a period's bulletin."""
    return f"{bulletin(period)}card.png"


@lru_cache(maxsize=1 << 16)  # all pages link to the same few places
def relative(start: str, target: str) -> str:
    """Return the relative link, percent-encoded, from the page at ``start`` to ``target`` (a page or a file).

    With relative links the site works under any base path.
    """
    page, _, fragment = target.partition("#")
    here, there = _steps(start), _steps(page)
    shared = 0
    while shared < len(here) and shared < len(there) and here[shared] == there[shared]:
        shared += 1
    path = "/".join([*[".."] * (len(here) - shared), *there[shared:]]) or "."
    end = "/" if not page or page.endswith("/") else ""
    return quote(path) + end + (f"#{quote(fragment)}" if fragment else "")


@lru_cache(maxsize=1 << 13)
def _steps(address: str) -> tuple[str, ...]:
    return tuple(filter(None, address.split("/")))


def target(start: str, link: str) -> str:
    """Return the address that a relative link on the page at ``start`` leads to. The link has no fragment."""
    place = posixpath.normpath(posixpath.join(f"/{start}", unquote(link))).lstrip("/")
    return f"{place}/" if place and link.endswith(("/", ".")) else place


def bulletin_document(slug: str, period: Period, ending: str) -> str:
    """Return the address of a bulletin's Word document (``.docx``) or PDF, which lies beside the bulletin's page.

    An empty ``slug`` means the bulletin of all units. The file's name tells what the file is when it is sent to
    others, and has ASCII signs alone, which every mail program can show.
    """
    folder = unit_bulletin(slug, period) if slug else bulletin(period)
    return f"{folder}{slug if slug and slug.isascii() else 'bulletin'}-{period.id}{ending}"


def attachment(beside: Record, path: str) -> str:
    """Return the address of a file beside a folder record; ``path`` is its path in ``content/``."""
    return f"{record(beside)}{attachment_name(path)}"


def attachment_name(path: str) -> str:
    """Return an attachment's path within its record's folder: ``map.png``, ``plans/map.png``."""
    return posixpath.relpath(path, record_folder(path))


def record_folder(path: str) -> str:
    """Return the record's folder (``2014/h1/meet``) that a path in ``content/`` lies in."""
    return "/".join(path.split("/")[:3])


@lru_cache(maxsize=1 << 14)  # a page names its own address many times
def absolute(site_url: str, target: str) -> str:
    """Return the absolute address, percent-encoded, of a page or a place on it. ``site_url`` is the site's address."""
    page, _, fragment = target.partition("#")
    return f"{site_url.rstrip('/')}/{quote(page)}" + (f"#{quote(fragment)}" if fragment else "")


def link_target(start: str, link: str) -> str:
    """Return the path in ``content/`` that a relative link in the file ``start`` (a path there) leads to.

    A link may spell a file's name in any of Unicode's forms; paths are in form C.
    """
    return unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(posixpath.dirname(start), link)))

"""From a project to the outputs of its site, in one call for every host and command."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import localcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

from . import GENERATOR
from .archive import addresses
from .archive.derived import Derived
from .archive.filing import Archive, publish
from .archive.held_back import unpublished
from .cache.store import folder_of, forget, load, save, without_collecting
from .data.package import data_output
from .editing.editor_files import editor_output
from .git.history import History, read_checkout
from .manuscripts.document_cache import KINDS, CachedDocuments, delete_documents_of
from .output import Output, file_name
from .pages.of_records import record_page
from .pages.page import Page
from .parallel import Progress
from .problems.problem import Problem, errors
from .project import CONTENT, archive_of, read, with_problems
from .publishing.attachments import attachment_output, read_attachment
from .publishing.chart_files import chart_output
from .publishing.editor_schemas import schema_output
from .publishing.feed_content import FeedContents
from .publishing.feeds import feed_output, plan_feeds
from .publishing.headers import header_output
from .publishing.kept import kept_output
from .publishing.pictures import Font, find_font, picture_output
from .publishing.publication import Publishing
from .publishing.robots import robots_output
from .reading.content import Content, ReadCache, edited_records
from .reading.disk import read_content
from .records.fields import PRECISION
from .rendering.edition import Edition, make_edition, make_renderer
from .rendering.page_files import Frame, page_output
from .rendering.rendered import Rendered
from .rendering.renderer import Unbuildable
from .site.folder import SiteFolder
from .site.manifest import Manifest

# Files and folders in the cache.
_FEEDS, _PURGES = "feeds", "purged"
WITH_TEXTS = (_FEEDS, "search", *(kind.name for kind in KINDS), "site", "site-next", "preview-next")


@dataclass(frozen=True)
class Options:
    """How a project's site is built.

    ``preview`` shows drafts and publishes nothing; ``site_url`` is the site's absolute address, where it is known;
    ``templates`` are folders with templates of the site's own; ``history`` is what git knows of the records.
    """

    preview: bool = False
    site_url: str = ""
    templates: Sequence[Path] = ()
    history: History = field(default_factory=History)


@dataclass(frozen=True)
class Build:
    """A project that was read: its content, all problems in order, and its edition, or None where there are errors."""

    project: Path
    options: Options
    content: Content
    problems: tuple[Problem, ...]
    edition: Edition | None = None
    documents: tuple[CachedDocuments, ...] = ()  # none in a preview, which nobody sends to a superior
    font: Font | None = None  # what pictures are drawn with


class KeptPurges(NamedTuple):
    """The paths of the records whose texts have been taken out of the caches."""

    paths: tuple[str, ...]


def _forget_purged(project: Path, content: Content) -> None:
    """Delete what may still have the text of a record that was withdrawn for good since the last build."""
    cache = folder_of(project)
    known = load(cache / _PURGES, KeptPurges) or KeptPurges(())
    withdrawn = [record for record in content.records if record.is_purged]
    purged = tuple(record.path for record in withdrawn)
    if new := [record for record in withdrawn if record.path not in known.paths]:
        forget(cache, WITH_TEXTS)
        for record in new:
            delete_documents_of(project, record)
    if purged != known.paths:
        save(cache / _PURGES, KeptPurges(purged))


def build(
    project: Path, options: Options = Options(), cached: ReadCache | None = None, progress: Progress | None = None
) -> Build:
    """Read a project and lay out its site; nothing is written but the cache.

    ``cached`` is what the last build of a preview has read; ``progress`` is told how far the work is.
    """
    with localcontext(prec=PRECISION), without_collecting():
        content = read(project, progress, cached=cached)
        if not options.preview:
            content = replace(content, cache=ReadCache())  # not needed again, and a fifth of the memory
            content = with_problems(content, unpublished(content.records, content.vocabulary, CONTENT))
        if errors(content.problems):
            return Build(project, options, content, content.problems)
        _forget_purged(project, content)
        archive = archive_of(content, preview=options.preview)
        font = find_font() if options.site_url and not options.preview else None
        attached = partial(read_attachment, project / CONTENT, content.on_disk)
        documents = tuple(CachedDocuments(kind, project, attached) for kind in KINDS if not options.preview)
        edition = make_edition(
            _publishing(archive, options, font),
            options.site_url,
            options.templates,
            options.history,
            folder_of(project),
            partial(_fits, documents) if documents else None,
        )
        return Build(project, options, content, content.problems, edition, documents, font)


def _fits(documents: Iterable[CachedDocuments], page: Page, address: str, key: Callable[[], bytes]) -> bool:
    """Whether there is a document at an address that was made from a page with this key."""
    return any(one.fits(page, address, key) for one in documents if address.endswith(one.kind.ending))


def outputs(build: Build, frame: Frame, search: Output, progress: Progress | None = None) -> dict[str, Output]:
    """Return everything that a site consists of, by name, besides what its host makes: a new output has its line here.

    ``search`` is the search's index: a build makes it beside other work, a preview behind it. The data come before the
    pages: one process makes them while another makes the index, and then the pages have every core.
    """
    edition, content = build.edition, build.content
    assert edition is not None, "a build with errors has nothing to write"
    publishing, pages, keys, renderer = edition.publishing, edition.pages, edition.keys, edition.renderer
    feeds = plan_feeds(pages, publishing)
    entries = {address: keys[address] for feed in feeds for address in feed.entries}
    contents = FeedContents(entries, publishing, folder_of(build.project) / _FEEDS)

    derived = Derived(edition.archive, edition.history.first, edition.history.last)

    def rendered(entries: Sequence[str]) -> Iterable[str]:
        by_address = {page.address: page for page in pages}
        return (one.html for one in renderer.render_all([by_address[address] for address in entries]))

    return {
        "kept": kept_output(edition.archive.kept),
        "data": data_output(derived, edition.site_url, edition.data_key),
        "pages": page_output(pages, keys, renderer, frame, contents, progress),
        "attachments": attachment_output(edition.attachments, build.project / CONTENT, content.on_disk),
        "charts": chart_output(pages, keys),
        "schemas": schema_output(edition.archive),
        "editor": editor_output(edition.archive, {record.period for record in content.records}),
        "feeds": feed_output(feeds, keys, contents, publishing, rendered),
        "pictures": picture_output(pages, keys, publishing, build.font),
        "robots": robots_output(publishing.site_url),
        "headers": header_output(),
        **{of_kind.kind.name: of_kind.output() for of_kind in build.documents},
        "search": search,
    }


def write_site(site: SiteFolder, build: Build, outputs: Iterable[Output], say: Callable[[], None]) -> None:
    """Write a site and put it in the place of the previous one: see `SiteFolder.write`. A preview has no manifest."""
    options = build.options
    manifest = None
    if not options.preview:
        checkout = read_checkout(build.project)
        manifest = Manifest(GENERATOR, options.site_url, checkout.commit, checkout.changed)
    with localcontext(prec=PRECISION), without_collecting():
        site.write(outputs, manifest, say, _tombstones(build))


def _tombstones(build: Build) -> Collection[str]:
    """Return the names of the files that stand in the place of texts that were withdrawn for good."""
    assert build.edition is not None, "a build with errors has nothing to write"
    return {file_name(addresses.record(one)) for one in build.edition.archive.withdrawn if one.is_purged}


def render_edited(project: Path, cached: ReadCache, last: Edition, options: Options) -> list[tuple[Page, Rendered]]:
    """Render the own pages of the few records that were edited since a preview's last build, for whoever waits.

    ``cached`` is what that build has read, and ``last`` the edition that it made of it. Nothing is rendered where more
    than that has changed, or where something is wrong: then everything has to be built.
    """
    with localcontext(prec=PRECISION), without_collecting():
        found = edited_records(read_content(project / CONTENT), cached, last.archive.vocabulary)
        if found is None:
            return []
        records, new = found
        archive = replace(publish(records, last.archive.vocabulary, preview=True), versions=last.archive.versions)
        publishing = _publishing(archive, options, None)
        renderer = make_renderer(publishing, options.site_url, options.templates, folder_of(project))
        derived = Derived(archive)
        pages = [record_page(derived, record) for record in new]
        try:
            return [*zip(pages, renderer.render_all(pages), strict=True)]
        except Unbuildable:
            return []


def _publishing(archive: Archive, options: Options, font: Font | None) -> Publishing:
    public_url = "" if archive.preview else options.site_url
    return Publishing(archive, public_url, options.history.last, pictured=bool(public_url and font))

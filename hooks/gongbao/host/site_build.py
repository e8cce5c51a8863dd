"""One build of a site under MkDocs, step by step. Each event of MkDocs calls one step."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

from ..archive import addresses
from ..archive.filing import Archive
from ..building import Build, build, outputs, write_site
from ..cache.store import folder_of
from ..collecting.found_texts import site_texts
from ..collecting.kept_sites import COLLECTED
from ..git.history import read_history
from ..manuscripts.document_cache import KINDS
from ..output import Output, file_name
from ..pages.dating import last_change
from ..pages.page import Page
from ..parallel import Progress
from ..problems.catalogue import label
from ..problems.problem import Problem, in_order
from ..project import CONTENT, read, relative_to
from ..reading.content import ReadCache
from ..rendering.compiled import keep_compiled
from ..rendering.edition import Edition
from ..rendering.page_files import Frame
from ..rendering.rendered import Rendered
from ..search.index import Indexing
from ..search.index_files import search_output
from ..site.folder import SiteFolder
from . import frame, handwritten, rule_guide
from .chinese_parts import with_chinese_marked
from .framing import Framing
from .host_files import HostedPages, host_output, menu
from .hosted_page import HostedPage
from .own_templates import older_copies
from .policy import with_policy
from .samples import sample_problems
from .scheme_names import name_schemes
from .settings import PACKAGE, options_in, project_of
from .theme_styles import FILE as THEME_STYLE
from .theme_styles import left_out, with_fewer_styles

ASSETS = PACKAGE / "host" / "assets"
# One file for the screen, since each costs a slow line its delay once more; for the one for paper no page waits.
# theme/main.html names both, before a site's own.
STYLES = {
    "assets/gongbao.css": ("gongbao.css", "gongbao-text.css", "gongbao-parts.css"),
    "assets/gongbao-print.css": ("gongbao-print.css",),
}
SCRIPTS = ("assets/gongbao.js",)
# Loaded by the first script when they are needed, and by the page of comparisons.
LATER = ("assets/gongbao-search.js", "assets/gongbao-words.js", addresses.COMPARE_SCRIPT)
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)

log = get_plugin_logger("gongbao")


def read_project(config: MkDocsConfig, preview: bool, cached: ReadCache | None, progress: Progress | None) -> Build:
    """Read the project that settings belong to, and lay out its site unless there are templates that can't be read."""
    project = project_of(config)
    options = options_in(config, preview=preview, history=read_history(project, CONTENT))
    if unreadable := relative_to(project, frame.undecodable(config)):
        content = read(project)
        return Build(project, options, content, in_order([*content.problems, *unreadable]))
    return build(project, options, cached, progress)


def index_output(edition: Edition, project: Path) -> Output:
    """Return the search's index as an output that is made beside the rest of a build."""
    told = label("search-cache-discarded", edition.archive.vocabulary.language)
    return search_output(indexing(edition.archive, project, "site"), lambda: log.info(told))


def indexing(
    archive: Archive, project: Path, name: str, behind: bool = False, before: Indexing | None = None
) -> Indexing:
    """Return the index of an archive and of its subordinates' sites, to be made in a folder of the cache.

    The sites' texts are those of the index before, unless something else was collected or the word lists are others.
    """
    if before and _told_of_below(before.archive) == _told_of_below(archive):
        below = before.below
    else:
        below = site_texts(project / COLLECTED, archive.collected, archive.vocabulary)
    return Indexing(archive, folder_of(project) / "search" / name, below, behind=behind)


def _told_of_below(archive: Archive) -> tuple[str, bytes]:
    return archive.collected.digest, archive.vocabulary.digest


@dataclass
class SiteBuild:
    """A project that was read without an error, on its way to a site.

    From `begin` to `end`, ``config.site_dir`` is a folder beside the site, in which MkDocs makes its part.
    """

    config: MkDocsConfig
    build: Build
    edition: Edition
    site: SiteFolder
    search: Output
    progress: Progress | None = None
    framing: Framing | None = None
    pages: HostedPages = field(init=False)
    missing_styles: Set[str] | None = field(init=False)

    def __post_init__(self) -> None:
        self.pages = HostedPages(self.config, self.edition)
        self.missing_styles = left_out(self.config) if self.pages.foreseen else None

    @cached_property
    def outputs(self) -> Mapping[str, Output]:
        """Everything that the site consists of, by name, besides what MkDocs makes."""
        menus = self.pages.menus, handwritten.in_menu(self.config)
        around = Frame(self._around, frame.signature(self.config, menus, self.missing_styles))
        return outputs(self.build, around, self.search, self.progress)

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong with hand-written pages and with the frame's templates, and what is still a sample's."""
        made = {name for kind, output in self.outputs.items() if kind != "search" for name in output.names}
        yield from handwritten.by_hand_problems(self.config, self.edition, made)
        yield from relative_to(self.build.project, frame.unreadable(self.config))
        yield from relative_to(self.build.project, older_copies(self.config))
        if not self.build.options.preview:
            yield from sample_problems(self.config, self.edition.archive.vocabulary)

    def begin(self) -> None:
        """Turn MkDocs away from the site that readers see."""
        config = self.config
        vocabulary = self.edition.archive.vocabulary
        config.site_name = escape(vocabulary.site.name.text(vocabulary.language))
        name_schemes(config, vocabulary.language)
        config.extra_javascript = [*SCRIPTS, *config.extra_javascript]
        self.site.begin()
        shutil.rmtree(self.site.beside, ignore_errors=True)
        config.site_dir = str(self.site.beside)

    def add_files(self, files: Files) -> None:
        """Give MkDocs our styles and those of our pages and files that it has to know, and set the menus."""
        config, project, content = self.config, self.build.project, self.build.content
        for name, parts in STYLES.items():
            text = "\n".join(ASSETS.joinpath(part).read_text(encoding="utf-8") for part in parts)
            files.append(File.generated(config, name, content=_COMMENT.sub("", text)))
        for asset in (THEME_STYLE, *SCRIPTS, *LATER):
            files.append(File.generated(config, asset, abs_src_path=str(ASSETS / Path(asset).name)))
        for file in self.pages.files():
            files.append(file)
        caches = {kind.name: kind.cache for kind in KINDS}
        beside = {
            **{
                address: project / CONTENT / content.on_disk[path] for address, path in self.edition.attachments.items()
            },
            **{
                address: project / caches[kind] / address
                for page in self.edition.pages
                for kind, address in page.documents
            },
        }
        for address in sorted(beside.keys() & self.pages.linked):
            files.append(File.generated(config, address, abs_src_path=str(beside[address])))
        rule_guide.add(files, config)
        language = self.edition.archive.vocabulary.language
        by_hand = config.nav if config.nav is not None else handwritten.listed(files)
        config.nav = [
            *menu(self.pages.menus),
            *([{label("about", language): by_hand}] if by_hand else []),
        ]

    def take_pages(self, nav: Navigation, files: Files) -> None:
        """Take back the pages that MkDocs needed for its menus only."""
        self.nav = nav
        self.pages.take(files)

    def take_environment(self, environment: Environment, files: Files) -> None:
        """Give the frame's templates what they show, and the sitemap our pages."""
        tabs = {escape(item.title) for item in self.pages.menus if item.tab}
        frame.dress(environment, self.config, self.edition.archive.vocabulary.language, tabs)
        publishing = self.edition.publishing
        environment.globals["gongbao_sitemap"] = [
            (publishing.url(page.address), last_change(page, publishing.changes))
            for page in self.edition.pages
            if self.config.site_url and page.framed and not page.canonical
        ]
        whole = frame.is_of_ones_own(self.config)
        guarded = not self.build.options.preview
        self.framing = Framing(environment, self.nav, files, self.config, self.missing_styles, whole, guarded)

    def introduce(self, page: HostPage, markdown: str) -> None:
        """Give a hand-written page a head and the day of its last change, for which MkDocs would take the clock's."""
        if not isinstance(page, HostedPage):
            handwritten.introduce(page, markdown, self.config, self.edition.publishing)

    def protect(self, html: str, page: HostPage | None = None) -> str:
        """Mark the Chinese parts of a page that MkDocs has made, and give it its styles and its policy.

        What is written by hand may have scripts of its own.
        """
        html = with_chinese_marked(html, self.edition.archive.vocabulary.language)
        html = with_fewer_styles(html, self.missing_styles)
        if self.build.options.preview:
            return html
        return with_policy(html, (page.content or "") if isinstance(page, HostedPage) else "")

    def write(self, say: Callable[[], None]) -> None:
        """Make everything that is new and put the site in the place of the previous one."""
        host = host_output(self.site.beside)
        write_site(self.site, self.build, [host, *self.outputs.values()], say)
        if self.framing:
            keep_compiled(self.framing.environment)

    def put_in_place(self, pages: Iterable[tuple[Page, Rendered]]) -> None:
        """Put rendered pages into the site that stands, each in its frame."""
        for page, rendered in pages:
            html = self._around(page, rendered)
            self.site.replace(file_name(page.address), html.encode("utf-8", "xmlcharrefreplace"))

    def end(self) -> None:
        """End what is under way and take away what MkDocs has made, be the site written or not."""
        self.search.stop()
        shutil.rmtree(self.site.beside, ignore_errors=True)
        self.config.site_dir = str(self.site.place)

    def _around(self, page: Page, rendered: Rendered) -> str:
        assert self.framing is not None, "MkDocs makes the templates' environment before it writes"
        html = self.framing.put(self.pages.in_place(page, rendered))
        return with_chinese_marked(html, self.edition.archive.vocabulary.language)

"""The way of our pages around MkDocs: which of them it has to know, and the writing of all the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section

from ..archive import addresses
from ..archive.filing import Archive
from ..pages.dating import last_change
from ..pages.navigation import Item, navigation
from ..pages.page import Page
from ..parallel import Progress, each, progress_callback
from ..publishing.publication import description
from ..rendering.keys import Keys, Stands
from ..rendering.render import Site
from ..rendering.rendered import Rendered
from . import frame, handwritten
from .carrier import Carrier
from .press import Kind, Press
from .standing import Standing


class Writing:
    """One build's writing; in the preview one after the other."""

    def __init__(self, standing: Standing, progress: Progress | None) -> None:
        self.stands, self.progress = standing, progress
        self.config: MkDocsConfig
        self.press: Press | None = None

    def begin(self, config: MkDocsConfig) -> None:
        """Begin a build."""
        self.config, self.press = config, None
        self.asked: Archive | None = None
        self.frame = b""
        self.kept: Keys = {}
        self.ours: Keys = {}
        self.shown = b""
        self.stay: set[str] = set()
        self.linked = handwritten.linked(config)
        self.by_hand = handwritten.in_menu(config)

    def standing(self, archive: Archive) -> Stands:
        """Return what stands already and stays, for the core; by address, as it knows outputs."""
        self.asked, self.frame, self.kept = archive, b"", {}
        if not frame.foreseen(self.config):
            return Stands()
        self.frame = frame.signature(self.config, (navigation(archive), self.by_hand))
        stands = self.stands.as_written(self.frame)
        self.kept = {_address(name): key for name, key in stands.outputs.items()}
        return Stands(self.kept, stands.shown)

    def known(self, site: Site, menus: Iterable[Item], files: Files) -> Iterator[Page]:
        """Yield the pages that MkDocs has to know: those of the menus, and those that others link to."""
        self.titles = dict(_titles(menus))
        self.site = site
        outputs = (address for address in site.keys if _name(address) == address)
        self.overridden = {name for name in outputs if files.get_file_from_path(name)}
        for rendered in site.pages:
            page = rendered.page
            if page.framed and (page.address in self.titles or self._is_linked(page)):
                yield page

    def _is_linked(self, page: Page) -> bool:
        return page.address == addresses.HOME or bool(
            self.linked & {f"{page.address}index.md", f"{page.address}index.html"}
        )

    def carrier(self, page: Page, rendered: Rendered | None = None) -> Carrier:
        """Return a page in MkDocs' clothes."""
        changes = self.site.publishing.changes
        file = File.generated(self.config, f"{page.address}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
        if page.source:
            file.edit_uri = f"../{page.source}"  # edit_uri leads to docs/, the records lie beside it
        return Carrier(
            rendered or Rendered(page),
            file,
            self.config,
            menu_title=self.titles.get(page.address, page.title),
            date=last_change(page, changes),
            changed=changes.get(page.source, ""),
        )

    def take(self, nav: Navigation, files: Files) -> None:
        """Take from MkDocs all pages but those that hand-written ones link to, which it writes itself."""
        self.nav = nav
        self.in_menus: dict[str, Carrier] = {}
        self.by_host: set[str] = set()
        for file in list(files.documentation_pages()):
            if isinstance(file.page, Carrier):
                page = file.page.rendered.page
                file.page.previous_page = file.page.next_page = None  # the order of a menu is none for readers
                self.in_menus[page.address] = file.page
                if self._is_linked(page):
                    self.by_host.add(page.address)
                else:
                    files.remove(file)
        for rendered in self._with_html([one for one in self.site.pages if one.page.address in self.by_host]):
            carrier = self.in_menus[rendered.page.address]
            carrier.rendered = rendered
            self._hang(carrier)

    def _hang(self, carrier: Carrier) -> None:
        """Hang a page that is in no menu below the menu entry above it, so that the menu shows where it is."""
        crumbs = carrier.rendered.page.crumbs
        if carrier.parent is None and carrier.address not in self.titles and crumbs:
            above = self.in_menus.get(crumbs[-1][1])
            carrier.parent = above.parent if above and isinstance(above.parent, Section) else None
            carrier.menu_key = (crumbs[-1][1], carrier.file.url.count("/"))

    def prepare(self, environment: Environment, files: Files, site: Site) -> None:
        """Take the templates' environment, and give the sitemap our pages."""
        publishing = site.publishing
        pages = [one.page for one in site.pages if not one.page.canonical and one.page.framed]
        environment.globals["gongbao_sitemap"] = [
            (publishing.url(page.address), last_change(page, publishing.changes))
            for page in pages
            if self.config.site_url
        ]
        plainly = not frame.foreseen(self.config) or frame.is_of_ones_own(self.config)
        self.press = Press(environment, self.nav, files, self.config, plainly)

    def put_aside(self, site: Site | None) -> None:
        """Put what stands aside, for the writing of a site: in a preview it may be another than was asked about."""
        if site and site.archive is not self.asked:
            self.standing(site.archive)
        self.stands.put_aside()

    def take_back(self) -> None:
        """Put the last site back."""
        self.stands.take_back()

    def write(self, site: Site) -> None:
        """Write what is new beside what MkDocs has written."""
        self.ours = {
            address: key for address, key in site.keys.items() if address not in self.overridden | self.by_host
        }
        self.shown = site.shown
        stays = {address for address, key in self.ours.items() if self.kept.get(address) == key}
        stays -= site.files.keys() | site.pictures.keys()
        due = [one for one in site.pages if one.page.address in self.ours and one.page.address not in stays]
        self._write(self._with_html(due))
        for name in self.ours.keys() & site.files.keys():
            _put(self.stands.folder / name, site.files[name].encode())
        for name in self.ours.keys() & site.pictures.keys():
            _put(self.stands.folder / name, site.pictures[name])
        self.stay = {_name(address) for address in stays}

    def join(self) -> None:
        """Join what is new with what stays, and note it all down."""
        self.stands.join(self.stay)
        keys = {_name(address): key for address, key in self.ours.items()}
        self.stands.note(Stands(keys, self.shown), self.frame, self.stay)

    def _with_html(self, pages: list[Rendered]) -> list[Rendered]:
        """Return pages with their HTML, which those that stood already may lack."""
        again = {one.page.address: one for one in self.site.rendered([one.page for one in pages if not one.is_made])}
        return [again.get(one.page.address, one) for one in pages]

    def put_in_place(self, pages: Iterable[Rendered]) -> None:
        """Write pages over those of the last build, as they looked then but for their own part."""
        for one in pages:
            if self.press and one.page.address in self.ours:
                _put(self.stands.folder / _name(one.page.address), _encoded(self._framed(one, self.press)))

    def _write(self, pages: list[Rendered]) -> None:
        press = self.press
        assert press is not None
        press.learn([one for one in pages if one.page.framed], self._kind, self._dressed)

        def task(one: Rendered) -> None:
            html = self._framed(one, press) if one.page.framed else one.html
            _put(self.stands.folder / _name(one.page.address), _encoded(html))

        each(task, pages, progress_callback("framing", pages, self.progress))

    def _framed(self, one: Rendered, press: Press) -> str:
        return press.put(self._dressed(one), self._kind(one))

    def _kind(self, one: Rendered) -> Kind:
        """Return what decides a page's frame: how deep it lies (see `frame.way_to`), and which parts it has."""
        page = one.page
        changed = self.site.publishing.changes.get(page.source)
        present = (one.headed, page.source, page.title, description(page), changed)
        return (page.address == addresses.HOME, page.address.count("/"), *map(bool, present))

    def _dressed(self, one: Rendered) -> Carrier:
        address = one.page.address
        if address in self.in_menus:
            carrier = self.in_menus[address]
            carrier.rendered = one
        else:
            carrier = self.carrier(one.page, one)
        self._hang(carrier)
        return carrier


def _titles(menus: Iterable[Item]) -> Iterator[tuple[str, str]]:
    for item in menus:
        if item.address or not item.below:
            yield item.address, item.title
        yield from _titles(item.below)


def _name(address: str) -> str:
    """Return the file of an output, from the site's folder."""
    return f"{address}index.html" if not address or address.endswith("/") else address


def _address(name: str) -> str:
    """Return the address of an output's file."""
    return name.removesuffix("index.html")


def _encoded(html: str) -> bytes:
    return html.encode("utf-8", errors="xmlcharrefreplace")


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

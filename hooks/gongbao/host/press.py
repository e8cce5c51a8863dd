"""Our pages put into the theme's frame, without rendering the whole frame for each.

The theme's template is rendered once for each kind of frame, with marks where a page's own parts go; a page then
is the frame with its parts filled in. Of each kind, two other pages are rendered whole as well: if they are not the
same to the byte, every page is rendered whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from ..rendering.rendered import Rendered
from .carrier import Carrier

# A mark: no page has these signs, which belong to nobody, and nothing that a template does to words changes them.
_MARK = "\ue0f0{}\ue0f1"
_MARKED = re.compile("\ue0f0([a-z_]+)\ue0f1")
_OF_META = ("title", "description", "head", "changed")
_PARTIALS = ("nav", "toc", "tabs")
_FEW = 4  # pages of a kind below which making their frame is no gain

Kind = tuple[object, ...]
Frame = tuple[list[str], Mapping[str, Any]]  # text and names of parts by turns; what templates were given


@dataclass
class Press:
    """The frames of one build."""

    environment: Environment
    nav: Navigation
    files: Files
    config: MkDocsConfig
    plainly: bool  # whether someone else has a hand in the frame: then every page is rendered whole
    frames: dict[Kind, Frame] = field(default_factory=dict)
    partials: dict[object, str] = field(default_factory=dict)  # those that many pages share

    def learn(
        self, pages: Sequence[Rendered], kind_of: Callable[[Rendered], Kind], dressed: Callable[[Rendered], Carrier]
    ) -> None:
        """Make the frames of all kinds that have many pages among these."""
        if self.plainly:
            return
        kinds: dict[Kind, list[Rendered]] = defaultdict(list)
        for page in pages:
            kinds[kind_of(page)].append(page)
        for kind, alike in kinds.items():
            if len(alike) >= _FEW:
                first, *others = (dressed(alike[at]) for at in (0, len(alike) // 2, -1))
                with self._opened(first):
                    frame = self._frame(first)
                for other in others:
                    with self._opened(other):
                        self.plainly = self.plainly or self._filled(other, frame) != self._whole(other)
                self.frames[kind] = frame

    def put(self, page: Carrier, kind: Kind) -> str:
        """Return a page in its frame."""
        with self._opened(page):
            frame = None if self.plainly else self.frames.get(kind)
            html = self._filled(page, frame) if frame else self._whole(page)
        posted: str = self.config.plugins.on_post_page(html, page=page, config=self.config)
        return posted

    @contextmanager
    def _opened(self, page: Carrier) -> Iterator[None]:
        """Do with a page what MkDocs does before it renders one, other plugins' events included."""
        plugins, config, files = self.config.plugins, self.config, self.files
        plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown("", page=page, config=config, files=files)
        page.render(config, files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        page.active = True
        try:
            yield
        finally:
            page.active = False

    def _whole(self, page: Carrier) -> str:
        html: str = self.environment.get_template("main.html").render(self._context(page))
        return html

    def _context(self, page: Carrier) -> Any:
        context = get_context(self.nav, self.files, self.config, page)
        return self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)

    def _frame(self, page: Carrier) -> Frame:
        """Render a page's frame with marks in place of its parts."""
        context = dict(self._context(page))
        language = self.environment.get_template("partials/language.html").make_module(context)
        marks = {name: _MARK.format(name) for name in (*_OF_META, *_PARTIALS, *_OWN)}
        marked = page.marked(marks, _OF_META, _OWN)
        html = self.environment.get_template("main.html").render(context | {"page": marked})
        return _MARKED.split(html), context | {"lang": language}

    def _filled(self, page: Carrier, frame: Frame) -> str:
        pieces, context = frame
        parts: dict[str, str] = {name: page.meta.get(name) or "" for name in _OF_META}
        parts |= {name: getattr(page, attribute) or "" for name, attribute in _OWN.items()}
        about = {**context, "page": page}
        for name in _PARTIALS:
            key = _shared(name, page)
            html = self.partials.get(key) if key else None
            if html is None:
                html = self.environment.get_template(f"partials/{name}.html").render(about)
                if key:
                    self.partials[key] = html
            parts[name] = html
        return "".join(parts[piece] if at % 2 else piece for at, piece in enumerate(pieces))


def _shared(name: str, page: Carrier) -> tuple[object, ...]:
    """Return all that a partial depends on besides the frame; nothing for one that is another one on every page."""
    if name == "tabs":
        return name, id(page.tab), page.address.count("/"), page.tab is page
    title = next(iter(page.toc), None)
    if title and (title.level > 1 or title.children):
        return ()
    return (name, page.menu_key) if name == "toc" or page.menu_key else ()


# Marks that stand for attributes of the host's page.
_OWN = {"page_title": "title", "canonical": "canonical_url", "edit": "edit_url", "content": "content"}

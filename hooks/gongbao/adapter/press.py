"""Our pages put into the theme's frame, without rendering the whole frame for each.

The theme's template is rendered once for each kind of frame, with marks where a page's own parts go; a page then
is the frame with its parts filled in. Of each kind, one page is rendered whole as well: if that is not the same to the
byte, every page is rendered whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from .carrier import Carrier

# A mark: no page has these signs, which belong to nobody, and nothing that a template does to words changes them.
_MARK = "\ue0f0{}\ue0f1"
_MARKED = re.compile("\ue0f0([a-z_]+)\ue0f1")
_OF_META = ("title", "description", "head", "changed")
_PARTIALS = ("nav", "toc", "tabs")

Kind = tuple[object, ...]
Frame = list[str]  # text and names of parts by turns


@dataclass
class Press:
    """The frames of one build."""

    environment: Environment
    nav: Navigation
    files: Files
    config: MkDocsConfig
    plainly: bool  # whether someone else has a hand in the frame: then every page is rendered whole
    frames: dict[Kind, tuple[Frame, dict[str, Any]]] = field(default_factory=dict)
    tabs: dict[object, str] = field(default_factory=dict)

    def learn(self, page: Carrier) -> None:
        """Make the frame of a page's kind, unless it is there."""
        page.read_source(self.config)
        page.render(self.config, self.files)
        if _kind(page) not in self.frames:
            self.put(page)

    def put(self, page: Carrier) -> str:
        """Return a page in its frame."""
        page.read_source(self.config)
        page.render(self.config, self.files)
        page.active = True
        try:
            html = self._whole(page) if self.plainly else self._filled(page)
        finally:
            page.active = False
        posted: str = self.config.plugins.on_post_page(html, page=page, config=self.config)
        return posted

    def _whole(self, page: Carrier) -> str:
        html: str = self.environment.get_template("main.html").render(self._context(page))
        return html

    def _context(self, page: Carrier) -> Any:
        context = get_context(self.nav, self.files, self.config, page)
        return self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)

    def _filled(self, page: Carrier) -> str:
        kind = _kind(page)
        if kind not in self.frames:
            self.frames[kind] = self._frame(page)
            filled, whole = self._fill(page, *self.frames[kind]), self._whole(page)
            if filled != whole:
                self.plainly = True
            return whole
        return self._fill(page, *self.frames[kind])

    def _frame(self, page: Carrier) -> tuple[Frame, dict[str, Any]]:
        """Render a page's frame with marks in place of its parts."""
        context = dict(self._context(page))
        language = self.environment.get_template("partials/language.html").make_module(context)
        marks = {name: _MARK.format(name) for name in (*_OF_META, *_PARTIALS, *_OWN)}
        marked = page.marked(marks, _OF_META, _OWN)
        html = self.environment.get_template("main.html").render(context | {"page": marked})
        return _MARKED.split(html), context | {"lang": language}

    def _fill(self, page: Carrier, frame: Frame, context: Mapping[str, Any]) -> str:
        parts: dict[str, str] = {name: page.meta.get(name) or "" for name in _OF_META}
        parts |= {name: getattr(page, attribute) or "" for name, attribute in _OWN.items()}
        about = {**context, "page": page}
        for name in _PARTIALS:
            key = (id(page.tab), page.address.count("/"), page.tab is page) if name == "tabs" else None
            if key is None or key not in self.tabs:
                parts[name] = self.environment.get_template(f"partials/{name}.html").render(about)
                if key:
                    self.tabs[key] = parts[name]
            else:
                parts[name] = self.tabs[key]
        return "".join(parts[piece] if at % 2 else piece for at, piece in enumerate(frame))


# Marks that stand for attributes of the host's page.
_OWN = {"page_title": "title", "canonical": "canonical_url", "edit": "edit_url", "content": "content"}


def _kind(page: Carrier) -> Kind:
    """Return what decides the frame around a page's parts: how deep it lies, and which parts there are."""
    given = (page.edit_url, page.canonical_url, *(page.meta.get(name) for name in _OF_META))
    hidden = tuple(page.meta.get("hide", ()))
    return (page.address.count("/"), page.is_homepage, hidden, bool(page.toc.items), *(bool(one) for one in given))

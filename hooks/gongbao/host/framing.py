"""Our pages put into the theme's frame, without rendering the whole frame for each.

Of each kind of frame, the theme's template is rendered once with marks where a page's own parts go; a page then is the
frame with its parts filled in. The first pages of each kind are rendered whole as well: if one of them is not the same
to the byte, all pages of that kind are rendered whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from .contents import Contents, contents_of
from .hosted_page import HostedPage
from .policy import with_policy
from .theme_styles import with_fewer_styles

# A mark: no page has these signs, which belong to nobody, and nothing that a template does to words changes them.
_MARK = "\ue0f0{}\ue0f1"
_MARKED = re.compile("\ue0f0([a-z_]+)\ue0f1")
_OF_META = ("title", "description", "head", "changed")
_PARTIALS = ("nav", "toc", "tabs", "path")
# Marks that stand for attributes of the host's page.
_OWN = {"page_title": "title", "canonical": "canonical_url", "edit": "edit_url", "content": "content"}
_TRIED = 3  # pages of a kind that are rendered whole before its frame is trusted


@dataclass(frozen=True)
class _KindFrame:
    """The frame of one kind of pages: text and names of parts by turns, and what templates were given."""

    pieces: list[str]
    context: Mapping[str, Any]

    @cached_property
    def partials(self) -> Sequence[str]:
        """The partials that the frame has."""
        return [name for name in _PARTIALS if name in self.pieces[1::2]]


@dataclass
class Framing:
    """The frames of one build.

    ``missing_styles`` are the names that only the theme's own styles know (see `theme_styles`). ``whole`` tells that
    every page has to be rendered whole, ``guarded`` that each gets its policy: a preview puts a script of its own into
    pages.
    """

    environment: Environment
    nav: Navigation
    files: Files
    config: MkDocsConfig
    missing_styles: Set[str] | None
    whole: bool
    guarded: bool
    frames: dict[object, _KindFrame] = field(default_factory=dict)
    seen: Counter[object] = field(default_factory=Counter)
    partials: dict[object, str] = field(default_factory=dict)  # those that many pages share

    def put(self, page: HostedPage) -> str:
        """Return a page in its frame."""
        page.read_source(self.config)
        page.render(self.config, self.files)
        page.active = True
        try:
            return self._framed(page)
        finally:
            page.active = False

    def _framed(self, page: HostedPage) -> str:
        kind = page.kind
        self.seen[kind] += 1
        if self.whole or self.seen[kind] == 1:
            return self._whole(page)
        if self.seen[kind] > _TRIED:
            return self._filled(page, self.frames[kind]) if kind in self.frames else self._whole(page)
        if self.seen[kind] == 2:
            self.frames[kind] = self._frame(page)
        html = self._whole(page)
        if kind in self.frames and self._filled(page, self.frames[kind]) != html:
            del self.frames[kind]
        return html

    def _whole(self, page: HostedPage) -> str:
        return self._finished(self.environment.get_template("main.html").render(self._context(page)), page.content)

    def _context(self, page: HostedPage) -> Any:
        return get_context(self.nav, self.files, self.config, page)

    def _frame(self, page: HostedPage) -> _KindFrame:
        """Render a page's frame with marks in place of its parts."""
        context = dict(self._context(page))
        language = self.environment.get_template("partials/language.html").make_module(context)
        marks = {name: _MARK.format(name) for name in (*_OF_META, *_PARTIALS, *_OWN)}
        marked = page.marked(marks, _OF_META, _OWN)
        html = self.environment.get_template("main.html").render(context | {"page": marked})
        return _KindFrame(_MARKED.split(self._finished(html)), context | {"lang": language})

    def _finished(self, html: str, content: str | None = "") -> str:
        html = with_fewer_styles(html, self.missing_styles)
        return with_policy(html, content or "") if self.guarded else html

    def _filled(self, page: HostedPage, frame: _KindFrame) -> str:
        parts: dict[str, str] = {name: page.meta.get(name) or "" for name in _OF_META}
        parts |= {name: getattr(page, attribute) or "" for name, attribute in _OWN.items()}
        about = {**frame.context, "page": page}
        contents = contents_of(page)
        for name in frame.partials:
            key = _shared(name, page, contents)
            html = self.partials.get(key) if key else None
            if html is None:
                html = self.environment.get_template(f"partials/{name}.html").render(about)
                if key:
                    self.partials[key] = html
            parts[name] = html
        return "".join(parts[piece] if at % 2 else piece for at, piece in enumerate(frame.pieces))


def _shared(name: str, page: HostedPage, contents: Contents) -> tuple[object, ...]:
    """Return all that a partial depends on besides the frame; nothing for one that is another one on every page."""
    if name == "tabs":
        return (
            (name, page.menu_key) if page.menu_key else (name, id(page.tab), page.address.count("/"), page.tab is page)
        )
    if name == "path":
        return (name, page.menu_key) if page.menu_key else ()
    return (name, page.menu_key, contents) if not contents.branches and (page.menu_key or name == "toc") else ()

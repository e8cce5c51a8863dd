"""The theme's styles, without the rules that no page of ours meets: a third of what a first visit loads of them.

``assets/theme.css`` is made of the theme's two style sheets by ``tests/trim_theme.py``, and takes their place in every
page that names nothing which was left out. A site keeps the theme's own if they are not the very ones it was made of,
or if anything of the site's own may show more: a feature, a plugin, a style sheet, a script or a template.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Set
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

FILE = "assets/theme.css"
TRIMMED = Path(__file__).parent / FILE
# Features whose elements stand in the page when it comes. Others have the theme's script add elements.
FEATURES = frozenset({"navigation.tabs", "navigation.indexes", "navigation.prune", "navigation.top", "toc.follow"})
_LINK = r'<link rel="stylesheet" href="([^"]*)assets/stylesheets/{}\.\w+\.min\.css">'
_LINKS = re.compile(rf"{_LINK.format('main')}\s*{_LINK.format('palette')}")
_NAME = re.compile(r"[.#]([a-zA-Z_][\w-]*)|\[(?:dir|data-md-[\w-]+)=[\"']?([^\]\"']+)|(--[\w-]+)")
_NAMING = re.compile(r'\s(?:class|id|dir|data-md-[\w-]+)="([^"]*)"')
_TEXTS = frozenset({".html", ".js", ".css"})


def left_out(config: MkDocsConfig) -> Set[str] | None:
    """Return the names that only the theme's own styles know; nothing for a site whose pages need these.

    The settings are those of the site, before ours are added.
    """
    sheets = [sheet for part in ("main", "palette") for sheet in _sheets(config, part)]
    trimmed = TRIMMED.read_text(encoding="utf-8")
    if made_of(sheets) not in trimmed or not FEATURES.issuperset(config.theme.get("features", [])):
        return None
    missing = frozenset(_names("".join(sheets)) - _names(trimmed))
    for path in _own(config):
        if not path.is_file() or not missing.isdisjoint(re.findall(r"[\w-]+", path.read_text("utf-8", "replace"))):
            return None
    return missing


def with_fewer_styles(html: str, missing: Set[str] | None) -> str:
    """Return a page, or a frame, with the trimmed styles in place of the theme's, unless it names what they lack."""
    if missing is None or not missing.isdisjoint(names_in(html)):
        return html
    return _LINKS.sub(rf'<link rel="stylesheet" href="\1{FILE}">', html, count=1)


def made_of(sheets: list[str]) -> str:
    """Return the line of the trimmed styles that says of which they were made."""
    return f"/*! of {hashlib.sha256(''.join(sheets).encode()).hexdigest()} */"


def names_in(html: str) -> set[str]:
    """Return what the elements of a page name."""
    return {name for found in _NAMING.findall(html) for name in found.split()}


def _names(styles: str) -> set[str]:
    """Return what style sheets know by name: classes, ids, directions and states, and values."""
    return {name for found in _NAME.findall(styles) for name in found if name}


def _sheets(config: MkDocsConfig, part: str) -> Iterator[str]:
    for folder in config.theme.dirs:
        for sheet in sorted(Path(folder, "assets/stylesheets").glob(f"{part}.*.min.css")):
            yield sheet.read_text(encoding="utf-8")


def _own(config: MkDocsConfig) -> Iterator[Path]:
    """Yield the site's own style sheets, scripts and templates, be they there or on another host."""
    for name in (*config.extra_css, *map(str, config.extra_javascript)):
        yield Path(config.docs_dir, name)
    if folder := config.theme.custom_dir:
        yield from sorted(path for path in Path(folder).rglob("*") if path.suffix in _TEXTS and path.is_file())

"""``mkdocs.yml``: what can be wrong in it, what is put straight, and who else has a hand in the build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import material  # type: ignore[import-untyped]
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from ..building import Options
from ..git.history import History, read_history
from ..problems.problem import Mark, Problem
from ..project import CONTENT
from ..text.anchors import heading_id
from .entry import need_plugin

PACKAGE = Path(__file__).parent.parent
CONTENT_TEMPLATES = "gongbao"  # in a custom_dir, the templates of our part of the page
_MATERIAL = Path(material.__file__).parent
# Plugins that take the menus, the pages or the source files for their own, and fail at ours.
_REFUSED = frozenset({"awesome-nav", "i18n", "print-site", "rss", "section-index"})
_KNOWN = ("mkdocs", "properdocs", "gongbao", "material.plugins.search")


def put_straight(config: MkDocsConfig) -> None:
    """Make the settings' own path absolute, and take away an edit link that would lead nowhere.

    Headings of hand-written pages get anchors that can be read, as those of records do.
    """
    config.mdx_configs.setdefault("toc", {}).setdefault("slugify", heading_id)
    config.config_file_path = str(Path(config.config_file_path or "mkdocs.yml").absolute())
    if not config.repo_url:
        if not urlsplit(config.edit_uri or "").scheme:
            config.edit_uri = None
        if not urlsplit(str(config.edit_uri_template or "")).scheme:
            config.edit_uri_template = None


def options_of(project: Path) -> Options:
    """Return how a project's settings want its site built."""
    settings = project / "mkdocs.yml"
    need_plugin(settings)
    return options_in(load_config(str(settings)), preview=False, history=read_history(project, CONTENT))


def options_in(config: MkDocsConfig, *, preview: bool, history: History) -> Options:
    """Return how settings want a site built."""
    own = (Path(config.theme.custom_dir) / CONTENT_TEMPLATES,) if config.theme.custom_dir else ()
    return Options(preview, config.site_url or "", own, history)


def project_of(config: MkDocsConfig) -> Path:
    """Return the folder of the settings, in which ``content/`` lies."""
    return Path(config.config_file_path).parent


def others_take_part(config: MkDocsConfig, *events: str) -> bool:
    """Whether a plugin or hook that we don't know handles any of these events: what it adds can't be foreseen."""
    origins = (f"{method.__module__}." for event in events for method in config.plugins.events[event])
    return not all(origin.startswith(tuple(f"{name}." for name in _KNOWN)) for origin in origins)


def settings_problems(config: MkDocsConfig, on_config: Callable[..., object]) -> Iterator[Problem]:
    """Find what is wrong with the settings. ``on_config`` is our own event."""
    settings = Path(config.config_file_path)
    yield from _entry_problems(config, on_config)
    if not any(Path(folder).is_relative_to(_MATERIAL) for folder in config.theme.dirs):
        name = str(config.theme.name)
        yield Problem(settings.name, mark_in(settings, name), "settings.theme", written=name)
    for name in config.plugins:
        if name in _REFUSED:
            yield Problem(settings.name, mark_in(settings, name), "settings.plugin", written=name)
    if not others_take_part(config, "config", "files", "nav"):
        for entry in _pages_in(config.nav):
            if not urlsplit(entry).scheme and not entry.startswith("/") and not Path(config.docs_dir, entry).is_file():
                yield Problem(settings.name, mark_in(settings, entry), "settings.nav", written=entry)


def _pages_in(nav: Any) -> Iterator[str]:
    """Yield the paths and addresses in a menu as settings write it: lists, and tables of titles."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for inner in nav if isinstance(nav, list) else nav.values():
            yield from _pages_in(inner)


def plugin_at_fault(traceback: TracebackType | None, config: MkDocsConfig) -> str:
    """Return the name of the plugin in which an error was raised, if it is none that we know."""
    plugins = {type(one).__module__.partition(".")[0]: name for name, one in config.plugins.items()}
    while traceback:
        package = str(traceback.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        if package in plugins and package not in _KNOWN:
            return str(plugins[package])
        traceback = traceback.tb_next
    return ""


def _entry_problems(config: MkDocsConfig, on_config: Callable[..., object]) -> Iterator[Problem]:
    """Find out whether ``on_config``, ours, is called once, and from the copy that lies beside the site's hook.

    MkDocs loads plugins before hooks, and Python imports a package once: a hook beside an installed plugin runs
    the plugin's copy.
    """
    settings = Path(config.config_file_path)
    ways = [name for name, one in config.plugins.items() if getattr(one, "on_config", None) == on_config]
    if len(ways) > 1:
        yield Problem(settings.name, mark_in(settings, ways[-1]), "settings.twice", written=" + ".join(ways))
        return
    for name in ways:
        if name not in config.hooks:
            continue
        own = Path(str(config.hooks[name].__file__)).parent / PACKAGE.name
        if (own / "__init__.py").is_file() and not own.samefile(PACKAGE):
            used = {"used": str(PACKAGE)}
            yield Problem(settings.name, mark_in(settings, name), "settings.copy", written=name, values=used)


def mark_in(file: Path, name: str) -> Mark:
    """Return where a name stands in a file, as settings do; the beginning, where it comes from elsewhere."""
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        before, found, _ = line.partition(name)
        if found and "#" not in before:
            return Mark(number, len(before) + 1)
    return Mark()

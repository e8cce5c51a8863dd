"""What can be wrong in ``mkdocs.yml`` itself: the program named twice, or another copy of it at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from ..problems import Mark, Problem

PACKAGE = Path(__file__).parent.parent


def settings_problems(config: MkDocsConfig, on_config: Callable[..., object]) -> Iterator[Problem]:
    """Find out whether ``on_config``, ours, is called once, and from the copy that lies beside the site's hook.

    MkDocs loads plugins before hooks, and Python imports a package once: a hook beside an installed plugin runs
    the plugin's copy.
    """
    settings = Path(config.config_file_path)
    ways = [name for name, one in config.plugins.items() if getattr(one, "on_config", None) is on_config]
    if len(ways) > 1:
        yield Problem(settings.name, _mark(settings, ways[-1]), "settings.twice", written=" + ".join(ways))
        return
    for name in ways:
        if name not in config.hooks:
            continue
        own = Path(str(config.hooks[name].__file__)).parent / PACKAGE.name
        if (own / "__init__.py").is_file() and not own.samefile(PACKAGE):
            used = {"used": str(PACKAGE)}
            yield Problem(settings.name, _mark(settings, name), "settings.copy", written=name, values=used)


def _mark(settings: Path, name: str) -> Mark:
    """Return where a name stands in the settings; the beginning, where they take it from another file."""
    for number, line in enumerate(settings.read_text(encoding="utf-8").splitlines(), start=1):
        before, found, _ = line.partition(name)
        if found and "#" not in before:
            return Mark(number, len(before) + 1)
    return Mark()

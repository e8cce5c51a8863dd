"""The search in the theme's header: the theme's own box, whose place ours takes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from ..problems.catalogue import Language, label

_WORDS = ("search-box", "search-clear", "search-failed", "search-filters", "search-open", "search-page", "search-wait")


class ConfigWithSearch:
    """The settings as the theme's header reads them: with its search switched on."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self.plugins = {**config.plugins, "material/search": SimpleNamespace(config=SimpleNamespace(enabled=True))}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._config, name)


def search_words(language: Language) -> dict[str, str]:
    """Return what the box in the header says."""
    return {name: label(name, language) for name in _WORDS}

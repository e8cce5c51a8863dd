"""What the switches between light and dark are called."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from ..problems.catalogue import LANGUAGES, Language, label


def name_schemes(config: MkDocsConfig, language: Language) -> None:
    """Put the site's language into the names of the switches between light and dark, where the settings have ours."""
    ours = {label(name, one): label(name, language) for name in ("to-dark", "to-light") for one in LANGUAGES}
    palettes = config.theme.get("palette")
    for palette in palettes if isinstance(palettes, list) else ():
        if isinstance(toggle := palette.get("toggle"), dict):
            toggle["name"] = ours.get(str(toggle.get("name")), toggle.get("name"))

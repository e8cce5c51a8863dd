"""The writer's guide has a page for each rule of the gate, made from the rule's own texts: no file in ``docs/``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from ..problems.rule_texts import GUIDE, INDEX, guide_pages


def pages(config: MkDocsConfig) -> Mapping[str, str]:
    """Return the pages of rules by path in ``docs/``: none where a site has no guide."""
    return guide_pages() if (Path(config.docs_dir) / GUIDE / "index.md").is_file() else {}


def add(files: Files, config: MkDocsConfig) -> None:
    """Add the pages of rules, only the list of them to the menu; a page of the site's own goes before."""
    for path, text in pages(config).items():
        if files.get_file_from_path(path) is None:
            inclusion = InclusionLevel.INCLUDED if path == INDEX else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, path, content=text, inclusion=inclusion))

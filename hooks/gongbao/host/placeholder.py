"""What a preview shows until its first site is there: MkDocs wants to have built something before it serves."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from ..problems.catalogue import LANGUAGES, label


def make_plain(config: MkDocsConfig) -> MkDocsConfig:
    """Leave out of the settings whatever may be broken: the site's own templates, and a menu."""
    config.theme.dirs = [folder for folder in config.theme.dirs if folder != config.theme.custom_dir]
    config.nav = None
    return config


def one_page(files: Files, config: MkDocsConfig) -> Files:
    """Return the theme's files, and one page instead of all others."""
    for file in [*files.documentation_pages(), *files.media_files()]:
        files.remove(file)
    title = " / ".join(label("preview-nothing", language) for language in LANGUAGES)
    files.append(File.generated(config, "index.md", content=f"# {title}\n"))
    return files

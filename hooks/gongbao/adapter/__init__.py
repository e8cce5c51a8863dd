"""The adapter to MkDocs: nothing else in the package imports it. A hook file or a plugin takes the events from here."""

from .events import (
    on_config,
    on_env,
    on_files,
    on_nav,
    on_page_markdown,
    on_post_build,
    on_post_page,
    on_pre_page,
    on_serve,
    on_startup,
)

__all__ = [
    "on_config",
    "on_env",
    "on_files",
    "on_nav",
    "on_page_markdown",
    "on_post_build",
    "on_post_page",
    "on_pre_page",
    "on_serve",
    "on_startup",
]

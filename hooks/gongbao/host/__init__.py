"""The adapter to MkDocs, the only package that imports it. A hook file or a plugin takes the events from here.

In: MkDocs' events. Out: what `building` made, handed over to MkDocs.
May import: `building` and below, MkDocs.
"""

from .events import (
    on_build_error,
    on_config,
    on_env,
    on_files,
    on_nav,
    on_page_markdown,
    on_post_build,
    on_pre_build,
    on_serve,
    on_startup,
)

__all__ = [
    "on_build_error",
    "on_config",
    "on_env",
    "on_files",
    "on_nav",
    "on_page_markdown",
    "on_post_build",
    "on_pre_build",
    "on_serve",
    "on_startup",
]

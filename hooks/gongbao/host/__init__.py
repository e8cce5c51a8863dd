"""The adapter to MkDocs, the only package that imports it. A hook file or a plugin takes the events from here.

In: MkDocs' events. Out: a site, made of the outputs that `building` lists and of what MkDocs makes: the frame around
pages, the pages of ``docs/``.
May import: `building` and below, MkDocs.
"""

from .events import Host

_HOST = Host()

on_build_error = _HOST.on_build_error
on_config = _HOST.on_config
on_env = _HOST.on_env
on_files = _HOST.on_files
on_nav = _HOST.on_nav
on_page_markdown = _HOST.on_page_markdown
on_post_build = _HOST.on_post_build
on_post_page = _HOST.on_post_page
on_post_template = _HOST.on_post_template
on_serve = _HOST.on_serve
on_shutdown = _HOST.on_shutdown
on_startup = _HOST.on_startup

__all__ = [
    "on_build_error",
    "on_config",
    "on_env",
    "on_files",
    "on_nav",
    "on_page_markdown",
    "on_post_build",
    "on_post_page",
    "on_post_template",
    "on_serve",
    "on_shutdown",
    "on_startup",
]

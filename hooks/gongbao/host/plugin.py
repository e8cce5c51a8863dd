"""MkDocs' other entry to Gongbao, for sites that install it: ``plugins: [gongbao]`` in place of ``hooks:``."""

from __future__ import annotations

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

from .. import host


class NoSettings(Config):  # type: ignore[no-untyped-call]
    """None: a site's settings stand in ``content/site.yml`` and ``mkdocs.yml``, the same for hook and plugin."""


class GongbaoPlugin(BasePlugin[NoSettings]):  # type: ignore[no-untyped-call]
    """The events of the very object whose events the hook hands over; nothing else."""

    on_build_error = host.on_build_error
    on_config = host.on_config
    on_env = host.on_env
    on_files = host.on_files
    on_nav = host.on_nav
    on_page_markdown = host.on_page_markdown
    on_post_build = host.on_post_build
    on_post_page = host.on_post_page
    on_post_template = host.on_post_template
    on_serve = host.on_serve
    on_shutdown = host.on_shutdown
    on_startup = host.on_startup

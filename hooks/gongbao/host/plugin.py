"""MkDocs' other entry to Gongbao, for sites that install it: ``plugins: [gongbao]`` in place of ``hooks:``."""

from __future__ import annotations

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

from . import events


class NoSettings(Config):  # type: ignore[no-untyped-call]
    """None: a site's settings stand in ``content/site.yml`` and ``mkdocs.yml``, the same for hook and plugin."""


class GongbaoPlugin(BasePlugin[NoSettings]):  # type: ignore[no-untyped-call]
    """The very functions that the hook hands over; nothing else."""

    on_startup = staticmethod(events.on_startup)
    on_config = staticmethod(events.on_config)
    on_files = staticmethod(events.on_files)
    on_nav = staticmethod(events.on_nav)
    on_env = staticmethod(events.on_env)
    on_pre_build = staticmethod(events.on_pre_build)
    on_build_error = staticmethod(events.on_build_error)
    on_page_markdown = staticmethod(events.on_page_markdown)
    on_post_build = staticmethod(events.on_post_build)
    on_serve = staticmethod(events.on_serve)

"""MkDocs' events: each hands over to a step of the `Run`, and nothing is decided here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

from ..stopping import Stopped, heed_no_more, heed_signals
from . import placeholder
from .run import Run

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # slow to import, and only a preview needs it


class Host:
    """What MkDocs knows of us, as a hook or as a plugin."""

    def __init__(self) -> None:
        self._run = Run(preview=False)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Begin with one command of MkDocs, which may not be one of ours that heeds signals already."""
        del dirty
        heed_signals()
        self._run = Run(preview=command == "serve")
        self._run.tune()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the project and begin with its site. Raises Abort if anything is wrong."""
        if self._run.has_placeholder:
            return placeholder.make_plain(config)
        self._run.begin(config, self.on_config)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the files that MkDocs has to know."""
        if self._run.has_placeholder:
            return placeholder.one_page(files, config)
        self._run.site_build.add_files(files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take back the pages that MkDocs needed for its menus only."""
        del config
        if not self._run.has_placeholder:
            self._run.site_build.take_pages(nav, files)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the frame's templates what they show."""
        del config
        if not self._run.has_placeholder:
            self._run.site_build.take_environment(env, files)
        return env

    def on_page_markdown(self, markdown: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        """Give a hand-written page a head and the day of its last change."""
        del config, files
        if not self._run.has_placeholder:
            self._run.site_build.introduce(page, markdown)
        return markdown

    @event_priority(-100)  # after whatever other plugins and hooks do to a page
    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """Say in a page what a browser may run there."""
        del config
        return output if self._run.has_placeholder else self._run.site_build.protect(output, page)

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Say it in the page for wrong addresses too."""
        del config
        if self._run.has_placeholder or not template_name.endswith(".html"):
            return output_content
        return self._run.site_build.protect(output_content)

    @event_priority(-100)  # after whatever other plugins and hooks do to the site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the site and put it in the place of the previous one. Raises Abort where a strict build has warned."""
        del config
        if not self._run.has_placeholder:
            self._run.write()

    def on_build_error(self, *, error: Exception) -> None:
        """Tell what went wrong. Raises Abort where that is no fault of the program."""
        self._run.fail(error)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Have the server of a preview build, watch and show as we do."""
        self._run.serve(server, config, builder)
        return server

    def on_shutdown(self) -> None:
        """End what is under way, also where MkDocs was stopped."""
        self._run.close()
        heed_no_more()
        if isinstance(stopped := sys.exc_info()[1], Stopped):
            stopped.tell()

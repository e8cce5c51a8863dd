"""Compiled templates, from one run to the next in one file."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache, Environment, TemplateError
from jinja2.bccache import Bucket

from ..cache.store import load, save


class Compiled(BytecodeCache):
    """What templates were compiled to; jinja checks each against its source, its own and Python's version.

    What is compiled must not depend on the archive: see `environment.at_render_time`.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._is_new = path, False
        self._code: dict[str, bytes] = load(path) or {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give jinja what it asks for, if it is there."""
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take what jinja has compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()
        self._is_new = True

    def keep(self) -> None:
        """Keep what is new."""
        if self._is_new:
            save(self._path, self._code)
            self._is_new = False


def compile_ahead(environment: Environment, names: Iterable[str]) -> None:
    """Compile templates before processes are forked, which each would do it, and keep them.

    What is wrong with one is found when it is used.
    """
    for name in names:
        with suppress(TemplateError):
            environment.get_template(name)
    keep_compiled(environment)


def keep_compiled(environment: Environment) -> None:
    """Keep what an environment has compiled, where it keeps anything."""
    if isinstance(environment.bytecode_cache, Compiled):
        environment.bytecode_cache.keep()

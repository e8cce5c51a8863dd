"""The cache of compiled templates: one file, from one run to the next.

It holds code. Only because it is signed with a key outside of the project may it be run: see `cache.key`.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from jinja2 import BytecodeCache, Environment, TemplateError
from jinja2.bccache import Bucket

from ..cache.store import load, save


class KeptCode(NamedTuple):
    """Compiled code as Jinja has it, by Jinja's name for each template."""

    code: dict[str, bytes]


class Compiled(BytecodeCache):
    """Compiled templates. Jinja compares each with the template's source, and with its own and Python's version.

    Compiled code must not depend on the archive: see `fast_jinja`.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._is_new = path, False
        kept = load(path, KeptCode)
        self._code = kept.code if kept else {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give jinja the code that it asks for, if it is there."""
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take code that jinja has compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()
        self._is_new = True

    def keep(self) -> None:
        """Keep the code for the next run, if some of it is new."""
        if self._is_new:
            save(self._path, KeptCode(self._code))
            self._is_new = False


def compile_ahead(environment: Environment, names: Iterable[str]) -> None:
    """Compile templates and keep them, before processes are forked that would each compile them.

    A faulty template is passed over: its fault shows when a page uses it.
    """
    for name in names:
        with suppress(TemplateError):
            environment.get_template(name)
    keep_compiled(environment)


def keep_compiled(environment: Environment) -> None:
    """Keep the compiled templates of an environment, if it has this cache."""
    if isinstance(environment.bytecode_cache, Compiled):
        environment.bytecode_cache.keep()

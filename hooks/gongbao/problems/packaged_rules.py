"""Rules that installed packages bring (entry points of the group ``gongbao.rules``): their names and texts.

The entry point ``town.leaders = town_rules.leaders:rule`` has its texts in ``town_leaders.yml``, in the folder of the
package ``town_rules``: the same as those of our own rules. Nothing of a package is run here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

GROUP = "gongbao.rules"
_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*")
_LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class OwnRule:
    """A rule of a package. ``texts`` are as in ``checks/rules``. ``fault`` names the label that says what is wrong."""

    entry: EntryPoint
    folder: Path | None
    texts: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.entry.name

    @property
    def source(self) -> str:
        """Where the rule comes from: the package and its version."""
        return f"{self.entry.dist.name} {self.entry.dist.version}" if self.entry.dist else self.entry.module


@cache
def own_rules() -> tuple[OwnRule, ...]:
    """Return the rules of all installed packages, sorted by name."""
    return tuple(_read(entry) for entry in sorted(entry_points(group=GROUP), key=lambda one: one.name))


def texts_of_own_rules(taken: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return the texts of each usable rule by its name, which must not be ``taken`` by one of ours."""
    return {rule.name: rule.texts for rule in own_rules() if not rule.fault and rule.name not in taken}


@cache
def fingerprint() -> bytes:
    """Return a digest (SHA-256) of the packages that bring rules: what they find is kept in caches."""
    digest = hashlib.sha256()
    for rule in own_rules():
        digest.update(f"{rule.name} {rule.entry.value}\0".encode())
        for path in sorted(rule.folder.rglob("*") if rule.folder else ()):
            if path.suffix in (".py", ".yml"):
                digest.update(path.read_bytes())
    return digest.digest()


def _read(entry: EntryPoint) -> OwnRule:
    folder = folder_of_package(entry.module.partition(".")[0])
    if not _NAME.fullmatch(entry.name):
        return OwnRule(entry, folder, fault="rule-name")
    file = folder / f"{entry.name.replace('.', '_').replace('-', '_')}.yml" if folder else None
    try:
        texts = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) if file else None
    except (OSError, ValueError, yaml.YAMLError):
        texts = None
    texts = texts.get(entry.name) if isinstance(texts, dict) else None
    if isinstance(texts, dict) and _are_whole(texts):
        return OwnRule(entry, folder, texts)
    return OwnRule(entry, folder, fault="rule-texts")


def folder_of_package(package: str) -> Path | None:
    """Return the folder of a package, without importing it."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return None
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


def _are_whole(texts: Mapping[str, Any]) -> bool:
    """Whether texts have all that a rule needs."""
    about = texts.get("about")
    return (
        texts.get("severity", "error") in ("error", "warning")
        and all(isinstance(texts.get(one), dict) and isinstance(texts[one].get("message"), str) for one in _LANGUAGES)
        and isinstance(about, dict)
        and all(isinstance(about.get(one), str) for one in _LANGUAGES)
    )

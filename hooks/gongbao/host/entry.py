"""Settings may name our plugin where this program is not installed as a package, and so has none."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from pathlib import Path

from mkdocs.utils.yaml import yaml_load
from yaml import YAMLError

from ..problems.catalogue import both

_NAME = "gongbao"


def need_plugin(settings: Path) -> None:
    """End the process with one line where the settings name our plugin and no package here has it.

    MkDocs would only say that a plugin is not installed. Settings that can't be read are left to it.
    """
    try:
        with settings.open("rb") as file:
            plugins = yaml_load(file).get("plugins") or ()
    except (OSError, YAMLError, AttributeError):
        return
    named = {name for one in plugins for name in (one if isinstance(one, dict) else [one])}
    if _NAME in named and not entry_points(group="mkdocs.plugins", name=_NAME):
        sys.exit(both("plugin-missing", settings=settings.name))

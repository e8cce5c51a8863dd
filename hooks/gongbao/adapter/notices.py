"""What is said once about where a site is built: no fault of its content, so that it stops nothing.

MkDocs' ``--strict`` counts what is logged from WARNING up; a notice lies just below.
"""

from __future__ import annotations

import logging

from mkdocs.plugins import get_plugin_logger

from ..wording import Language, label

NOTICE = logging.WARNING - 5
logging.addLevelName(NOTICE, "NOTICE")
_log = get_plugin_logger("gongbao")
_said: set[str] = set()


def say_once(name: str, language: Language) -> None:
    """Say a label of the catalogue, the first time that it is asked for; a preview builds again and again."""
    if name not in _said:
        _said.add(name)
        _log.log(NOTICE, label(name, language))

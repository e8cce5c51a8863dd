"""Problems as the hosts' pages show them: on the line of the file that they are about.

GitHub reads workflow commands from a job's log, GitLab a Code Quality report (JSON).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from .problems import Problem, describe, in_order
from .wording import Language, label

_GITLAB_SEVERITY = {"error": "major", "warning": "minor"}


def github_annotations(problems: Iterable[Problem], language: Language) -> str:
    """Return one workflow command a problem: ``::error file=…,line=…,col=…,title=…::`` and the whole description."""
    return "\n".join(_annotation(problem, language) for problem in in_order(problems))


def _annotation(problem: Problem, language: Language) -> str:
    properties = {
        "file": problem.path,
        "line": str(problem.mark.line),
        "col": str(problem.mark.column),
        "title": f"{label(problem.severity, language)} {problem.rule}",
    }
    listed = ",".join(f"{name}={_escape(value, ':,')}" for name, value in properties.items())
    return f"::{problem.severity} {listed}::{_escape(describe(problem, language))}"


def _escape(text: str, separators: str = "") -> str:
    """Write the signs that mean something in a workflow command by their codes; ``%`` first, as it begins a code."""
    for sign in "%\r\n" + separators:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def gitlab_code_quality(problems: Iterable[Problem], language: Language) -> str:
    """Return a Code Quality report; a fingerprint stays the same when only the lines above a problem change."""
    issues = [
        {
            "description": problem.message(language),
            "check_name": problem.rule,
            "fingerprint": _fingerprint(problem),
            "severity": _GITLAB_SEVERITY[problem.severity],
            "location": {"path": problem.path, "lines": {"begin": problem.mark.line}},
        }
        for problem in in_order(problems)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2)


def _fingerprint(problem: Problem) -> str:
    parts = (problem.path, problem.rule, problem.field, problem.written)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

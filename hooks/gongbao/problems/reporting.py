"""Reports of problems for other programs. Every problem has its file and its line in them.

GitHub reads workflow commands from a job's log. GitLab reads a Code Quality report (JSON). Editors and code scanners
read SARIF, and scripts read plain JSON.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from .catalogue import Language, catalogue, label
from .problem import Fix, Problem, in_order
from .text_report import describe, summary
from .visible import visible_json

_GITLAB_SEVERITY = {"error": "major", "warning": "minor"}


def github_annotations(problems: Iterable[Problem], language: Language) -> str:
    """Return a workflow command for each problem: ``::error file=…,line=…,col=…,title=…::`` and the description.

    Source: "Workflow commands for GitHub Actions" (GitHub Docs).
    """
    return "\n".join(_annotation(problem, language) for problem in in_order(problems))


def github_summary(problems: Sequence[Problem], language: Language) -> str:
    """Return how many problems there are of each rule, as Markdown for the page of a run.

    Source: "Workflow commands for GitHub Actions", adding a job summary (GitHub Docs).
    """
    counts = Counter((problem.rule, problem.severity) for problem in problems)
    rows = [f"| {rule} | {label(severity, language)} | {count} |" for (rule, severity), count in sorted(counts.items())]
    table = [label("summary-head", language), "| --- | --- | ---: |", *rows] if rows else []
    return "\n".join([f"### {summary(problems, language).splitlines()[-1]}", "", *table, "", ""])


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
    """Replace signs with a meaning in workflow commands by codes. ``%`` is first, because each code begins with it."""
    for sign in "%\r\n" + separators:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def gitlab_code_quality(problems: Iterable[Problem], language: Language) -> str:
    """Return a Code Quality report (JSON) for GitLab.

    A problem keeps its fingerprint if only its line changes. Source: "Code Quality report format" (GitLab Docs).
    """
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
    return visible_json(issues)


def _fingerprint(problem: Problem) -> str:
    parts = (problem.path, problem.rule, problem.field, problem.written)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def as_json(problems: Iterable[Problem], language: Language) -> str:
    """Return a JSON list of problems, each with its place, rule, texts and severity."""
    told = [
        {
            "path": problem.path,
            "line": problem.mark.line,
            "column": problem.mark.column,
            "rule": problem.rule,
            "severity": problem.severity,
            "field": problem.field,
            "written": problem.written,
            "message": problem.message(language),
            "expected": problem.expected(language),
            "hint": problem.hint(language),
            "fix": _plain_fix(problem.fix) if problem.fix else None,
        }
        for problem in in_order(problems)
    ]
    return visible_json(told)


def _plain_fix(fix: Fix) -> dict[str, object]:
    return {
        "start": {"line": fix.start.line, "column": fix.start.column},
        "end": {"line": fix.end.line, "column": fix.end.column},
        "text": fix.text,
        "safe": fix.safe,
    }


def sarif(problems: Iterable[Problem], language: Language) -> str:
    """Return a log (JSON) in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS)."""
    ordered = in_order(problems)
    rules = sorted({problem.rule for problem in ordered})
    results = [
        {
            "ruleId": problem.rule,
            "ruleIndex": rules.index(problem.rule),
            "level": problem.severity,
            "message": {"text": describe(problem, language)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": _sarif_file(problem),
                        "region": {"startLine": problem.mark.line, "startColumn": problem.mark.column},
                    }
                }
            ],
            "partialFingerprints": {"gongbao/v1": _fingerprint(problem)},
            **({"fixes": [_sarif_fix(problem, problem.fix, language)]} if problem.fix else {}),
        }
        for problem in ordered
    ]
    driver = {
        "name": "gongbao",
        "rules": [_sarif_rule(rule, language) for rule in rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return visible_json(log)


def _sarif_file(problem: Problem) -> dict[str, str]:
    return {"uri": quote(problem.path), "uriBaseId": "%SRCROOT%"}


def _sarif_fix(problem: Problem, fix: Fix, language: Language) -> dict[str, object]:
    """Return a fix as section 3.55 of the standard has it."""
    deleted = {
        "startLine": fix.start.line,
        "startColumn": fix.start.column,
        "endLine": fix.end.line,
        "endColumn": fix.end.column,
    }
    replacement = {"deletedRegion": deleted, "insertedContent": {"text": fix.text}}
    return {
        "description": {"text": problem.hint(language) or problem.message(language)},
        "artifactChanges": [{"artifactLocation": _sarif_file(problem), "replacements": [replacement]}],
        "properties": {"safe": fix.safe},
    }


def _sarif_rule(rule: str, language: Language) -> dict[str, object]:
    entry = catalogue()["problems"][rule]
    level = {"level": entry.get("severity", "error")}
    described: dict[str, object] = {"id": rule, "name": rule, "defaultConfiguration": level}
    if about := entry.get("about"):
        described["fullDescription"] = {"text": about[language].strip()}
    return described

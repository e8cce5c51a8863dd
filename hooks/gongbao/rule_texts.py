"""What is told of a rule: in the terminal (``--explain``) and on its page in the writer's guide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .wording import LANGUAGES, Language, catalogue, label, waivable


def explained_rules() -> tuple[str, ...]:
    """Return the rules that have a page of their own, in order of their names."""
    return tuple(sorted(rule for rule, entry in catalogue()["problems"].items() if "about" in entry))


def explanation(rule: str, language: Language) -> str:
    """Return what a rule is about, as Markdown: its texts, and where it has them a wrong and a right example."""
    return "\n".join(_parts(rule, language)).rstrip() + "\n"


def page(rule: str) -> str:
    """Return a rule's page for the guide, as Markdown: in Chinese, then in English."""
    chinese, english = (explanation(rule, language) for language in LANGUAGES)
    return f"{chinese}\n---\n\n{english.replace('# ', '## ', 1)}"


def _parts(rule: str, language: Language) -> Iterator[str]:
    entry = catalogue()["problems"][rule]
    texts = entry[language]
    severity = label(entry.get("severity", "error"), language)
    yield f"# {rule}（{severity}）\n" if language == "zh" else f"# {rule} ({severity})\n"
    if "about" in entry:
        yield entry["about"][language].strip() + "\n"
    else:
        yield _unfilled(texts["message"]) + "\n"
    if hint := texts.get("hint"):
        yield label("explain-mend", language) + _unfilled(hint) + "\n"
    for name in ("wrong", "right"):
        if name in entry:
            yield f"{label(f'explain-{name}', language)}\n\n``` markdown\n{_example(entry[name]).rstrip()}\n```\n"
    if waivable(rule):
        waiver = f"allow:\n  - rule: {rule}\n    reason: {label('explain-reason', language)}"
        yield f"{label('explain-waive', language)}\n\n``` yaml\n{waiver}\n```\n"


def _unfilled(text: str) -> str:
    """Show a text's placeholders as dots."""
    return text.format_map(_Dots())


class _Dots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _example(example: Any) -> str:
    """Return an example as a writer would see it: the text of a record, or fields and text."""
    if isinstance(example, str):
        return example
    fields = dict(example.get("fields", {}))
    body = fields.pop("body", "")
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", "", body] if lines else [body])

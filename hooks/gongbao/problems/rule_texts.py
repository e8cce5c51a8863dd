"""Explanations of rules: for the terminal (``--explain``), and as pages of the writer's guide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import yaml

from .catalogue import LANGUAGES, Language, catalogue, label, waivable
from .field_paths import field_words, value_words

GUIDE = "guide"  # the folder of docs/ that holds the writer's guide; a site without this folder has no pages of rules
INDEX = f"{GUIDE}/rules/index.md"
_SENTENCE = {"zh": re.compile("(?<=。)(?![^“”]*”)"), "en": re.compile(r"(?<=[.:])(?= [A-Z])")}
# Markdown and HTML in a text, which is shown as it is written.
_MARKUP = re.compile(r"(?<!`)(?:!?\[[^\]]*\]\([^)]*\)|&\w+;|</?\w[^>]*>)")
_LINE_WITHIN_CHINESE = re.compile(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])")


def explained_rules() -> tuple[str, ...]:
    """Return the rules that have a page of their own, sorted by name."""
    return tuple(sorted(rule for rule, entry in catalogue()["problems"].items() if "about" in entry))


def explanation(rule: str, language: Language) -> str:
    """Return the explanation of a rule as Markdown: its texts, and a wrong and a right example if it has them."""
    return "\n".join(_parts(rule, language)).rstrip() + "\n"


def guide_pages() -> Mapping[str, str]:
    """Return the guide's pages of rules: Markdown by its path in ``docs/``. The list of rules comes first."""
    return {INDEX: _index()} | {f"{GUIDE}/rules/{rule}.md": rule_page(rule) for rule in explained_rules()}


def _index() -> str:
    chinese, english = ("\n".join(_listed(language)) for language in LANGUAGES)
    return f"{chinese}\n---\n\n{_lower(english)}"


def _title() -> str:
    return " / ".join(label("rules-title", language) for language in LANGUAGES)


def _lower(text: str) -> str:
    """Return a text with every heading one level lower."""
    return re.sub("^#", "##", text, flags=re.MULTILINE)


def _listed(language: Language) -> Iterator[str]:
    """Yield the list of rules as Markdown: a heading for each family, and a line for each rule."""
    yield f"# {label('rules-title', language)}\n"
    yield label("rules-lead", language) + "\n"
    for family, rules in groupby(explained_rules(), key=lambda rule: rule.partition(".")[0]):
        heading = catalogue()["labels"].get(f"family-{family}")  # a new rule may be the first of its family
        yield f"## {heading[language] if heading else family}\n"
        for rule in rules:
            severity = _severity(rule, language)
            mark = f"（{severity}）" if language == "zh" else f" ({severity}): "
            yield f"- [{rule}]({rule}.md){mark}{_first_sentence(rule, language)}"
        yield ""


def _severity(rule: str, language: Language) -> str:
    return label(catalogue()["problems"][rule].get("severity", "error"), language)


def _first_sentence(rule: str, language: Language) -> str:
    about = " ".join(_about(rule, language).split())
    return _SENTENCE[language].split(about, maxsplit=1)[0]


def _about(rule: str, language: Language) -> str:
    """Return what a rule is about, without line ends between Chinese characters: browsers show those as spaces."""
    return _as_written(_LINE_WITHIN_CHINESE.sub("", catalogue()["problems"][rule]["about"][language].strip()))


def _as_written(text: str) -> str:
    return _MARKUP.sub(r"`\g<0>`", text)


def rule_page(rule: str) -> str:
    """Return a rule's page for the guide, as Markdown: in Chinese, then in English."""
    chinese, english = (explanation(rule, language) for language in LANGUAGES)
    english = english.replace("# ", "## ", 1)  # only the first: the examples have headings of their own
    return f"{chinese}\n---\n\n{english}\n[{_title()}](index.md)\n"


def _parts(rule: str, language: Language) -> Iterator[str]:
    entry = catalogue()["problems"][rule]
    texts = entry[language]
    severity = _severity(rule, language)
    yield f"# {rule}（{severity}）\n" if language == "zh" else f"# {rule} ({severity})\n"
    if "about" in entry:
        yield _about(rule, language) + "\n"
    else:
        yield _unfilled(texts["message"], language) + "\n"
    if hint := texts.get("hint"):
        yield label("explain-mend", language) + _as_written(_unfilled(hint, language)) + "\n"
    if limits := texts.get("limits"):
        yield _as_written(limits) + "\n"
    for name in ("wrong", "right"):
        if name in entry:
            yield label(f"explain-{name}", language) + "\n"
            yield from _example(entry[name])
    if waivable(rule):
        waiver = f"allow:\n  - rule: {rule}\n    reason: {label('explain-reason', language)}"
        yield label("explain-waive", language) + "\n"
        yield _fenced("yaml", waiver)
    else:
        yield label("explain-fixed", language)


def _unfilled(text: str, language: Language) -> str:
    """Return a text with dots for its placeholders, but for the names of fields and values."""
    return text.format_map(_Dots({"f": field_words(language), "v": value_words(language)}))


class _Dots(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def _example(example: Any) -> Iterator[str]:
    """Yield an example as Markdown, the way a writer sees it: a record's fields and text, then other files."""
    fields = {"body": example} if isinstance(example, str) else dict(example.get("fields", {}))
    body = fields.pop("body", "")
    header = ["---", *(f"{name}: {_scalar(value)}" for name, value in fields.items()), "---", ""] if fields else []
    if header or body:
        yield _fenced("markdown", "\n".join([*header, body]))
    alike: dict[str, list[str]] = {}
    for path, content in ({} if isinstance(example, str) else example.get("files", {})).items():
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        alike.setdefault(text if path.endswith((".md", ".yml")) else "", []).append(f"`content/{path}`")
    for text, paths in alike.items():
        yield " ".join(paths) + "\n"
        if text:
            yield _fenced("markdown" if paths[0].endswith(".md`") else "yaml", text)


def _scalar(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fenced(language: str, text: str) -> str:
    return f"``` {language}\n{text.rstrip()}\n```\n"

"""The Chinese parts of a page in another language, marked for screen readers, fonts and translation (WCAG 3.1.2)."""

from __future__ import annotations

import re

from ..problems.catalogue import Language

_TAG = re.compile(
    r"(<(?P<whole>script|style|svg|title|textarea)\b.*?</(?P=whole)>|<!--.*?-->|<[a-zA-Z/!](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL,
)
_SIGN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"  # radicals, punctuation, ideographs; full-width forms
_RUN = re.compile(rf"{_SIGN}(?:[\d\s.,:%·—–“”‘’/+-]*{_SIGN})*")
_OPENING = re.compile(r"<([a-zA-Z][\w-]*)(?![^>]*\slang=)[^>]*(?<!/)>")


def with_chinese_marked(html: str, language: Language) -> str:
    """Return a page whose Chinese parts carry ``lang="zh"``. A Chinese page stays as it is.

    A text that is all Chinese has it on its element; of any other text, the Chinese runs get elements.
    """
    if language == "zh" or not _RUN.search(html):
        return html
    pieces = [piece for at, piece in enumerate(_TAG.split(html)) if at % 3 != 2]  # without the names of tags
    for at in range(0, len(pieces), 2):
        text = pieces[at]
        if not _RUN.search(text):
            continue
        opening = _OPENING.fullmatch(pieces[at - 1]) if at else None
        alone = opening and at + 1 < len(pieces) and pieces[at + 1].startswith(f"</{opening[1]}")
        if opening and alone and (_RUN.fullmatch(text.strip()) or opening[1] == "option"):
            pieces[at - 1] = f'{pieces[at - 1][:-1]} lang="zh">'
        elif not (opening and opening[1] == "option"):
            pieces[at] = _RUN.sub(r'<span lang="zh">\g<0></span>', text)
    return "".join(pieces)

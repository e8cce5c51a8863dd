"""The cells of the open data's tables: no spreadsheet takes a text for a formula.

Source: OWASP, "CSV Injection".
"""

from __future__ import annotations

import re

# What begins a formula in a spreadsheet, or is left out before one; the full-width signs are for East Asian versions.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")


def as_cell(text: str) -> str:
    """Return a text as it stands in a cell: with an apostrophe before the sign with which a formula would begin.

    A number stays as it is. A text that already has apostrophes before such a sign gets one more: a program that takes
    one away wherever a cell begins so gets every text back.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text

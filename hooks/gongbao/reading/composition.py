"""Characters that are not in Unicode's normal form C: they look right, but are other characters to a search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from ..problems.problem import Fix, Mark, Problem

_ADDRESS = re.compile(r"\]\([^()]*\)")  # of a link, which leads to a file in any form


def decomposed(text: str, path: str) -> Iterator[Problem]:
    """Yield a problem for each stretch of a line that has such characters; its fix changes nothing that can be seen."""
    if is_normalized("NFC", text):
        return
    for at, line in enumerate(text.split("\n"), 1):
        start = 0
        for address in [*_ADDRESS.finditer(line), None]:
            end = address.start() if address else len(line)
            if not is_normalized("NFC", line[start:end]):
                composed = normalize("NFC", line[start:end])
                fix = Fix(Mark(at, start + 1), Mark(at, end + 1), composed, safe=True)
                yield Problem(path, fix.start, "text.decomposed", "", composed, fix=fix)
            start = address.end() if address else end

"""Templates of a site's own that were copied from ours, and are older than ours are now.

Each of our templates ends with a mark, a comment that holds the digest of the rest. A copy that somebody edits keeps
it, and so tells of which text it was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from ..problems.problem import Mark, Problem
from ..rendering.template_files import TEMPLATES
from .frame import THEME
from .settings import CONTENT_TEMPLATES

_MARK = re.compile(r"\{#- of ([0-9a-f]{12}) -#\}\n?")


def older_copies(config: MkDocsConfig) -> Iterator[Problem]:
    """Find the site's own templates that were copied from another text than that of our template of the same name."""
    folder = config.theme.custom_dir
    if not folder:
        return
    for own, ours in ((Path(folder, CONTENT_TEMPLATES), TEMPLATES), (Path(folder), THEME)):
        for path in sorted(path for path in ours.rglob("*.html") if (own / path.relative_to(ours)).is_file()):
            copy = own / path.relative_to(ours)
            text = copy.read_text(encoding="utf-8", errors="replace")
            now = template_digest(path.read_text(encoding="utf-8"))
            found = _MARK.search(text)
            if found and found[1] != now:
                line = text.count("\n", 0, found.start()) + 1
                values = {"ours": str(path), "now": now}
                yield Problem(str(copy), Mark(line), "template.older", written=copy.name, values=values)


def template_digest(template: str) -> str:
    """Return the digest in a template's mark: that of its text without the mark."""
    return sha256(_MARK.sub("", template).encode()).hexdigest()[:12]


def with_mark(template: str) -> str:
    """Return a template with its mark in its last line, which leaves what is made of it as it is."""
    text = _MARK.sub("", template)
    return f"{text}{{#- of {template_digest(text)} -#}}\n"

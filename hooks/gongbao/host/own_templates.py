"""Templates of a site's own in the place of ours, made of an older text than ours are now, or nobody knows of which.

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
    """Find the site's own templates that take the place of ours and have no mark, or that of another text than ours.

    A copy of one that we have no more is shown nowhere.
    """
    if not config.theme.custom_dir:
        return
    folder = Path(config.theme.custom_dir)
    for copy in sorted(path for path in folder.rglob("*.html") if path.is_file()):
        text = copy.read_text(encoding="utf-8", errors="replace")
        found = _MARK.search(text)
        name = copy.relative_to(folder)
        of_content = name.parts[0] == CONTENT_TEMPLATES
        ours = TEMPLATES.joinpath(*name.parts[1:]) if of_content else THEME / name
        mark = Mark(text.count("\n", 0, found.start() if found else len(text.rstrip())) + 1)
        if not ours.is_file():
            if found:
                yield Problem(str(copy), mark, "template.gone", written=name.as_posix())
            continue
        now = template_digest(ours.read_text(encoding="utf-8"))
        if not found or found[1] != now:
            rule = "template.older" if found else "template.unmarked"
            yield Problem(str(copy), mark, rule, written=copy.name, values={"ours": str(ours), "now": now})


def template_digest(template: str) -> str:
    """Return the digest in a template's mark: that of its text without the mark."""
    return sha256(_MARK.sub("", template).encode()).hexdigest()[:12]


def with_mark(template: str) -> str:
    """Return a template with its mark in its last line, which leaves what is made of it as it is."""
    text = _MARK.sub("", template)
    return f"{text}{{#- of {template_digest(text)} -#}}\n"

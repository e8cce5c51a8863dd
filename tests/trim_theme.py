"""Make ``assets/theme.css``, the theme's styles without what no page of ours meets: ``python tests/trim_theme.py``.

A rule stays if every class, id and state that it asks for stands in a page of the two sites, in our templates or in
our scripts, or is one that the theme's script gives to an element. Rules that ask for elements alone stay all.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import material  # type: ignore[import-untyped]
import tinycss2  # type: ignore[import-untyped]

from commands import BUILD, PROJECT, STRICT, succeed
from gongbao.host.theme_styles import TRIMMED, made_of, names_in
from six_halves import six_project

PACKAGE = PROJECT / "hooks" / "gongbao"
THEME = Path(material.__file__).parent / "templates" / "assets"
GIVEN_BY_SCRIPT = (  # by the theme's, on a site with the features of `theme_styles.FEATURES`
    *("js", "no-js", "focus-visible", "js-focus-visible", "md-typeset__table", "md-typeset__scrollwrap"),
    *("md-header--shadow", "md-header__title--active", "md-nav__link--active", "md-nav__link--passed"),
    *("md-dialog--active", "md-toggle--indeterminate"),
)
STATES = re.compile("dir|data-md-(?!color-[pa])")
USED = re.compile(r"--[\w-]+")


def trimmed(sites: Iterable[Path]) -> str:
    """Return the trimmed styles for what the pages of these built sites name."""
    sheets = [next(THEME.glob(f"stylesheets/{part}.*.min.css")).read_text("utf-8") for part in ("main", "palette")]
    pages = "".join(page.read_text("utf-8") for site in sites for page in sorted(site.rglob("*.html")))
    scripts, templates = ("".join(path.read_text("utf-8") for path in ours(end)) for end in ("js", "html"))
    named = {*GIVEN_BY_SCRIPT, *re.findall(r"[\w-]+", scripts), *names_in(pages), *names_in(templates)}
    kept = "".join(rule for sheet in sheets for rule in rules(tinycss2.parse_stylesheet(sheet, True, True), named))
    script = next(THEME.glob("javascripts/bundle.*.min.js")).read_text("utf-8")
    own = [path.read_text("utf-8") for path in ours("css") if path != TRIMMED]
    while True:  # a value may be used by another that nothing uses
        used = {*re.findall(r"var\((--[\w-]+)", kept), *USED.findall("".join([script, pages, *own]))}
        fewer = "".join(without_unused(tinycss2.parse_stylesheet(kept, True, True), used))
        if fewer == kept:
            return f"{made_of(sheets)}\n{kept}\n"
        kept = fewer


def ours(ending: str) -> Iterator[Path]:
    """Yield our own files of an ending. The editor's program is another's, on a page without the theme."""
    return (path for path in PACKAGE.rglob(f"*.{ending}") if "bundle" not in path.parts)


def rules(parsed: Iterable[tinycss2.ast.Node], named: set[str]) -> Iterator[str]:
    """Yield the rules that pages with these names may meet."""
    for rule in parsed:
        if rule.type == "qualified-rule":
            met = [selector for selector in selectors(rule) if named.issuperset(asked_for(selector))]
            if met:
                yield f"{','.join(map(tinycss2.serialize, met))}{{{tinycss2.serialize(rule.content)}}}"
        else:
            yield from at_rule(rule, lambda inner: rules(inner, named))


def at_rule(rule: tinycss2.ast.AtRule, within: Callable[[Iterable[tinycss2.ast.Node]], Iterator[str]]) -> Iterator[str]:
    """Yield a rule such as ``@media``, if anything is left of the rules within it."""
    if rule.at_keyword not in {"media", "supports"}:
        yield rule.serialize()
    elif inner := "".join(within(tinycss2.parse_rule_list(rule.content, True, True))):
        yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"


def selectors(rule: tinycss2.ast.QualifiedRule) -> Iterator[list[tinycss2.ast.Node]]:
    """Yield a rule's selectors."""
    selector: list[tinycss2.ast.Node] = []
    for token in rule.prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def asked_for(selector: list[tinycss2.ast.Node]) -> Iterator[str]:
    """Yield what an element that a selector meets must name. What stands within ``:is()`` and ``:not()`` may be."""
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "hash" or (token.type == "ident" and before == "."):
            yield token.value
        elif token.type == "[] block" and STATES.match(tinycss2.serialize(token.content)):
            words = [part.value for part in token.content if part.type in {"ident", "string"}]
            if "=" in token.content:
                yield words[-1]


def without_unused(parsed: Iterable[tinycss2.ast.Node], used: set[str]) -> Iterator[str]:
    """Yield rules without the values that nothing uses."""
    for rule in parsed:
        if rule.type == "qualified-rule":
            found = tinycss2.parse_blocks_contents(rule.content, True, True)
            stay = [one for one in found if not (one.type == "declaration" and is_unused(one.name, used))]
            if stay:
                said = ";".join(one.serialize() for one in stay)
                yield f"{tinycss2.serialize(rule.prelude)}{{{said}}}"
        else:
            yield from at_rule(rule, lambda inner: without_unused(inner, used))


def is_unused(name: str, used: set[str]) -> bool:
    """Whether a declaration gives a value that nothing uses."""
    return name.startswith("--") and name not in used


def main() -> None:
    """Build the two sites and write the styles."""
    with tempfile.TemporaryDirectory() as name:
        seed = Path(name, "seed")
        succeed(PROJECT, *BUILD, STRICT, "--site-dir", str(seed))
        six = six_project(Path(name, "six"))
        succeed(six, *BUILD)
        TRIMMED.write_text(trimmed([seed, six / "site"]), encoding="utf-8")


if __name__ == "__main__":
    main()

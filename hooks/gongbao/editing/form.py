"""The form for a record, as Sveltia CMS takes it: its fields with their labels, hints, choices, patterns and lengths.

It is made from the models, so that a new field of a model is in the form, or the tests say that it is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args

from ..archive.filing import Archive
from ..problems.catalogue import Language, catalogue, label
from ..problems.names import FIELDS
from ..records.dates import Date
from ..records.fields import Rank, Slug, Url, Year
from ..records.measures import KNOWN_UNITS
from ..records.models import Model
from ..records.periods import Period
from ..records.quantities import Figure, Measure
from ..records.record import Commitment, Header, Outcome
from .record_shape import list_named
from .walking import FieldKind, kinds_of

# What nearly every writer fills in comes first, the other fields behind it in the order of their model.
_FIRST: Mapping[type[Model], Sequence[str]] = {
    Header: ("title", "unit", "topics", "summary", "body", "figures", "commitments", "outcomes", "kind", "highlight"),
    Figure: ("indicator", "label", "value", "unit", "parts", "bound"),
    Commitment: ("text", "due", "id"),
    Outcome: ("commitment", "status", "note"),
}
# Fields that the form does not have, each with the reason.
LEFT_OUT: Mapping[str, str] = {"lang": "reserved: records are in the site's language"}
AS_WRITTEN = "as_written"  # the file as it was read; `record-format.js` keeps what has not changed
# Letters of any script, digits and hyphens; the editor knows no classes of Unicode, so all else is named.
SLUG = r"^[^\x00-,./:-@\[-`{-\xa0\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]{1,60}$"
_PATTERNS: Sequence[tuple[Any, str, str]] = (
    (Rank, "rank", r"^[1-9]\d{0,24}$"),
    (Year, "year", r"^\d{4}$"),
    (Slug, "slug", SLUG),
    (Url, "url", r"^[hH][tT][tT][pP][sS]?:\S+$"),
)
_PATTERNS_OF_TYPES: Mapping[Any, tuple[str, str]] = {
    Decimal: ("number", r"^[+-]?\d{1,25}(\.\d{1,15})?$"),
    Date: ("date", r"^[\d.\[][\dXx年月日/.~?%\-, ]*$"),
    Period: ("period", r"^(\d{4}|[uU]ndated)(-([hH][12]|[yY]ear)| ?年.{0,5})$"),
}
_DUE = ("due", r"^(\d{4}|[uU]ndated)[\dXxhH年月日上下半全度/.~?%\- yYeEaArR]*$")
_SEVERAL_LINES = ("body",)
_LONG = ("summary", "text", "note", "doubt", "reason", "evidence", "was", "now")
_IN_LIST = {  # how an entry of a list is named when it is folded
    "figures": "{{indicator}} {{label}} {{value}} {{unit}}",
    "parts": "{{label}} {{value}} {{unit}}",
    "among": "{{label}} {{value}} {{unit}}",
    "commitments": "{{text}}",
    "outcomes": "{{commitment}} {{status}}",
    "source": "{{ref}} {{title}} {{section}}",
    "corrections": "{{date}} {{text}}",
    "allow": "{{rule}} {{reason}}",
}


def record_form(archive: Archive) -> Sequence[Mapping[str, Any]]:
    """Return the fields of the form. ``options`` that is a text names one of `form_choices`."""
    form = _FormWriter(archive.vocabulary.language, len(archive.vocabulary.units) != 1)
    return [*form.fields(Header, ""), {"name": AS_WRITTEN, "widget": "hidden"}]


def files_field(archive: Archive) -> Mapping[str, Any]:
    """Return the field in which pictures and other files are chosen: no field of a record.

    ``record-format.js`` puts a line for each file into the record's text.
    """
    language = archive.vocabulary.language
    title, hint = (label(f"form-{kind}-files", language) for kind in ("label", "hint"))
    endings = ",".join(f".{ending}" for ending in archive.vocabulary.site.attachments)
    file = {"label": label("form-label-file", language), "widget": "file", "accept": endings, "choose_url": False}
    text = {"label": label("form-label-file-text", language), "hint": label("form-hint-file-text", language)}
    return {
        **{"name": "files", "label": title, "label_singular": title, "hint": hint, "required": False},
        **{"widget": "list", "summary": "{{file}} {{text}}"},
        "fields": [{"name": "file", **file}, {"name": "text", **text, "widget": "string"}],
    }


def form_choices(archive: Archive) -> Mapping[str, Any]:
    """Return what the form offers: the entries of the word lists, the promises, and units of measure."""
    vocabulary, language = archive.vocabulary, archive.vocabulary.language
    lists = {
        name: [_option(entry.slug, entry.title.text(language)) for entry in getattr(vocabulary, name)]
        for name in ("topics", "units", "indicators", "sources")
    }
    waiting = sorted(archive.promises, key=lambda promise: bool(promise.outcomes))
    promises = [_option(one.id, f"{one.commitment.text}（{one.id}）") for one in waiting]
    own = (unit for one in vocabulary.indicators for unit in (one.unit, *(also.unit for also in one.also)))
    stated = (figure.unit for record in archive.records for figure in record.figures)
    tens = (f"万{unit}" for unit in ("元", "人", "人次"))
    measures = [*dict.fromkeys(filter(None, (*own, *stated, *KNOWN_UNITS, *tens)))]
    return {**lists, "promises": promises, "measures": [_option(unit, unit) for unit in measures]}


def _option(value: str, shown: str) -> Mapping[str, str]:
    return {"value": value, "label": shown}


class _FormWriter:
    """Makes the fields of a form in one language. A site with ``several_units`` has records say whose they are."""

    def __init__(self, language: Language, several_units: bool) -> None:
        self.language, self.several_units = language, several_units

    def fields(self, model: type[Model], path: str) -> list[Mapping[str, Any]]:
        """Return the fields of a model that stands in the field at ``path``."""
        kinds = kinds_of(model)
        order = dict.fromkeys([*_FIRST.get(model, ()), *kinds])
        return [self.field(name, kinds[name], f"{path}{name}") for name in order if f"{path}{name}" not in LEFT_OUT]

    def field(self, name: str, kind: FieldKind, path: str) -> Mapping[str, Any]:
        required = kind.required or (path == "unit" and self.several_units)
        made = {"name": name, "label": self.label(name, path), "hint": self.hint(name, path), "required": required}
        if kind.model:
            inner = self.fields(kind.model, f"{path}.")
            if kind.several:
                listed = {"summary": _IN_LIST.get(name, ""), "collapsed": "auto", "label_singular": made["label"]}
                return {**made, **listed, "widget": "list", "fields": inner}
            return {**made, "widget": "object", "fields": inner}
        return {**made, **self.scalar(name, kind)}

    def scalar(self, name: str, kind: FieldKind) -> Mapping[str, Any]:
        """Return how a field is filled in that holds no table."""
        longest = kind.longest
        if kind.is_flag:
            return {"widget": "boolean"}
        chosen = "promises" if name == "commitment" else "measures" if kind.has(Measure) else list_named(kind)
        if chosen:
            several = {"multiple": True, **({"max": longest} if longest else {})} if kind.several else {}
            return {"widget": "select", "options": chosen, "dropdown_threshold": 0, **several}
        if words := kind.words:
            shown = (lambda word: words[word][0]) if self.language == "zh" else (lambda word: word)
            return {"widget": "select", "options": [_option(word, shown(word)) for word in words]}
        if kind.several:
            return {"widget": "list"}
        length = {"maxlength": longest} if longest else {}
        return {"widget": "text" if name in _SEVERAL_LINES + _LONG else "string", **length, **self.pattern(kind)}

    def pattern(self, kind: FieldKind) -> Mapping[str, Any]:
        """Return the pattern of a text, with what is said of one that has another form."""
        found = next(((name, pattern) for one, name, pattern in _PATTERNS if kind.has(one)), None)
        found = found or _PATTERNS_OF_TYPES.get(kind.scalar)
        if not found and {*get_args(kind.scalar)} == {Period, Date}:
            found = _DUE
        return {"pattern": [found[1], label(f"form-{found[0]}", self.language)]} if found else {}

    def label(self, name: str, path: str) -> str:
        """Return what a field is called: by its path, where its name alone would mislead."""
        if own := self._own("form-label", path):
            return own
        return FIELDS[name][0] if self.language == "zh" else name.replace("_", " ")

    def hint(self, name: str, path: str) -> str:
        return self._own("form-hint", path) or label(f"about-field-{name}", self.language)

    def _own(self, kind: str, path: str) -> str:
        texts = catalogue()["labels"].get(f"{kind}-{path}")
        return texts[self.language] if texts else ""

"""The types of a record's fields: how each text of a writer's becomes a value, or a problem.

Validators raise `PydanticCustomError` with a rule of the catalogue as its type; `reading` turns it into a
`Problem` at the place of the text. References are resolved against the vocabulary in the validation context.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from ..problems import names
from ..problems.catalogue import Language
from .yamltree import Items, Table, Text

RESERVED_SLUGS = frozenset({"index", "records", "versions", "feed", "year", "h1", "h2"})
SLUG_LIMIT = 60
PRECISION = 100  # digits in which decimals are reckoned: sums and products of what is written stay exact
_JOINERS = "\u200c\u200d"  # parts of emoji and of some scripts' letters
_CURLY = "“”‘’「」『』＂"
_EXACT = re.compile(r"[+-]?\d{1,25}(?:\.\d{1,15})?")  # within what decimals add up exactly (`PRECISION`)
_LOOSE_NUMBER = re.compile(r"\d[\d,_]*(?:[.、]\d+)?")


def field_error(rule: str, **values: str) -> PydanticCustomError:
    """Make the error that a validator raises; ``suggestion`` and ``expected`` are shown on lines of their own."""
    return PydanticCustomError(rule, rule, values)


def _text(value: object) -> object:
    """Take a text as written, in normal form C; a list in brackets was probably a title that begins with one."""
    if isinstance(value, Items | Table):
        raise field_error("field.type", expected_kind="text")
    if not isinstance(value, Text):
        return value
    hidden = next((c for c in value if unicodedata.category(c) == "Cf" and c not in _JOINERS), None)
    if hidden:
        raise field_error("text.hidden", sign=f"U+{ord(hidden):04X}")
    text = unicodedata.normalize("NFC", value)
    return Text.at(text if text.strip() else "", value.mark)


def uncurled(text: str) -> str:
    """Return a text without the curly quotes and spaces around it; nothing where no such quote is at its ends."""
    return text.strip(_CURLY + " ") if text[:1] in _CURLY or text[-1:] in _CURLY else ""


def _slug(text: str) -> str:
    if bare := uncurled(text):
        raise field_error("slug.form", suggestion=bare)
    if not is_slug(text):
        raise field_error("slug.form", suggestion=as_slug(text))
    return text


def is_slug(text: str) -> bool:
    """Whether a text is letters of any script, digits and hyphens, up to 60 characters."""
    return (
        0 < len(text) <= SLUG_LIMIT
        and any(c.isalnum() for c in text)
        and all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in text)
    )


def as_slug(text: str) -> str:
    made = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text)).strip("-")[:SLUG_LIMIT]
    return made if is_slug(made) else ""


def _number(value: object) -> object:
    if not isinstance(value, Text):
        raise field_error("field.type", expected_kind="number")
    if _EXACT.fullmatch(value) and value.isascii():
        return Decimal(value) + 0  # -0 is 0
    folded = unicodedata.normalize("NFKC", value)
    found = _LOOSE_NUMBER.search(folded)
    rest = folded.replace(found[0], "", 1) if found else folded
    certain = found and not re.search(r"[A-Za-z\d.]", rest) and len(found[0]) < 20
    suggestion = re.sub("[,_]", "", found[0]).replace("、", ".") if found and certain else ""
    raise field_error("field.number", suggestion=suggestion)


def _choice(words: Mapping[names.Value, tuple[str, ...]]) -> Callable[[object], object]:
    def choose(value: object) -> object:
        if not isinstance(value, Text):
            raise field_error("field.type", expected_kind="text")
        english = names.english_value(value, words)
        if english is None:
            every: list[str] = [*words, *(chinese for spellings in words.values() for chinese in spellings)]
            shown = "、".join(f"{english}（{spellings[0]}）" for english, spellings in words.items())
            raise field_error("field.value", suggestion=uncurled(value) or names.near(value, every), allowed=shown)
        return english

    return choose


def _flag(value: object) -> object:
    return _choice(names.YES_NO)(value) == "true"


def _rank(value: Decimal) -> Decimal:
    if value < 1 or value != value.to_integral_value():
        raise field_error("field.number", suggestion="")
    return value


def _year(text: str) -> str:
    if not re.fullmatch(r"\d{4}", text):
        raise field_error("field.number", suggestion="")
    return text


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def as_list(value: object) -> object:
    """Take a single text or mapping for a list of one."""
    return Items.at([value], value.mark) if isinstance(value, Text | Table) else value


def as_mapping(name: str, value: object) -> object:
    """Return a scalar as a mapping with the one field ``name``, and anything else as it is."""
    if not isinstance(value, Text):
        return value
    table = Table.at(value.mark)
    table[name], table.keys_at[name] = value, value.mark
    return table


def _as_value(value: object) -> object:
    return as_mapping("value", value)


def _url(text: str) -> str:
    if not re.match(r"https?://[^\s]+$", text):
        raise field_error("field.url")
    try:
        urlsplit(text)
    except ValueError:  # http://[x
        raise field_error("field.url") from None
    return text


Str = Annotated[str, BeforeValidator(_text)]
Line = Annotated[Str, StringConstraints(min_length=1)]
Title = Annotated[Str, StringConstraints(min_length=1, max_length=60)]
Summary = Annotated[Str, StringConstraints(min_length=1, max_length=120)]
Slug = Annotated[Str, AfterValidator(_slug)]
Url = Annotated[Str, AfterValidator(_url)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Rank = Annotated[Number, AfterValidator(_rank)]
Year = Annotated[Line, AfterValidator(_year)]
KindField = Annotated[names.KindName, BeforeValidator(_choice(names.KINDS))]
StatusField = Annotated[names.OutcomeStatus, BeforeValidator(_choice(names.STATUSES))]
Bound = Annotated[names.BoundName, BeforeValidator(_choice(names.BOUNDS))]
Basis = Annotated[names.BasisName, BeforeValidator(_choice(names.BASES))]
Aggregate = Annotated[names.AggregateName, BeforeValidator(_choice(names.AGGREGATES))]
DatingBasis = Annotated[names.DatingName, BeforeValidator(_choice(names.DATINGS))]
LanguageField = Annotated[Language, BeforeValidator(_choice(names.LANGUAGE_NAMES))]
OneOrMore = BeforeValidator(as_list)
Distinct = AfterValidator(_distinct)
BareValue = BeforeValidator(_as_value)

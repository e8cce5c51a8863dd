"""The types of a record's fields. Each turns what a writer wrote into a value, or raises an error.

Validators raise `PydanticCustomError`, whose type is a rule of the catalogue. The package `reading` turns the error
into a `Problem` at the place of the text. `time_fields` has the fields for dates and periods, and `references` those
for words of the word lists.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from ..problems import names
from ..problems.catalogue import Language
from ..problems.other_words import meant_value, near_value
from ..problems.visible import code_point
from .joining import joined_lines
from .links import is_no_character, link_address
from .loose_numbers import bound_meant
from .scalars import scalar
from .yamltree import Items, Table, Text

RESERVED_SLUGS = frozenset({"index", "records", "versions", "feed", "year", "h1", "h2"})
SLUG_LIMIT = 60
TITLE_LIMIT = 60
LIST_LIMIT = 300  # entries of a list in a record, or in an entry of a word list: some ten times of what any has
PRECISION = 100  # digits of decimal arithmetic: sums and products of written numbers stay exact
_NO_TEXT = ("Cc", "Cs", "Zl", "Zp")  # the categories of controls, halves of signs and line ends
_JOINERS = "\u200c\u200d"  # invisible parts of emoji and of letters in some scripts
_CURLY = "“”‘’「」『』＂"
_EXACT = re.compile(r"[+-]?\d{1,25}(?:\.\d{1,15})?")  # numbers of this size add up exactly (`PRECISION`)


def field_error(rule: str, **values: str) -> PydanticCustomError:
    """Return the error that a validator raises for a rule. ``values`` fill the rule's texts: see `Problem`."""
    return PydanticCustomError(rule, rule, values)


def suggestion_error(rule: str, suggestion: str, *, certain: bool = False, **values: str) -> PydanticCustomError:
    """Return the error for a value in whose place a writer may write the suggestion, which is YAML.

    The suggestion may be empty. It is ``certain`` if it changes no fact, so that the program may write it by itself.
    """
    return field_error(rule, suggestion=suggestion, **({"certain": "yes"} if certain else {}), **values)


def _text(value: object) -> object:
    """Return a text in Unicode's normal form C; a text of spaces alone becomes empty.

    Controls, invisible signs, and code points that are no characters are refused.
    """
    if isinstance(value, Items | Table):
        raise field_error("field.type", expected_kind="text")
    if not isinstance(value, Text):
        return value
    if not value.isprintable():  # as nearly every text is
        _refuse_odd(value)
    text = unicodedata.normalize("NFC", value)
    return Text.at(text if text.strip() else "", value.mark, value.end)


def _refuse_odd(value: Text) -> None:
    """Raise an error for a text with a control, an invisible sign, or a code point that is no character."""
    odd = next(
        (c for c in value if c not in "\n\t" and (unicodedata.category(c) in _NO_TEXT or is_no_character(c))), None
    )
    if odd:  # YAML can write such a sign by its number (``"\x01"``), so it need not stand in the file
        raise field_error("text.control", sign=code_point(odd))
    hidden = [c for c in value if unicodedata.category(c) == "Cf" and c not in _JOINERS]
    if hidden:
        seen = scalar("".join(c for c in value if c not in hidden), plain=value.plain)
        raise suggestion_error("text.hidden", seen, certain=True, sign=code_point(hidden[0]))


def _line(value: object) -> object:
    """Return a text as one line."""
    text = _text(value)
    return Text.at(joined_lines(text), text.mark, text.end) if isinstance(text, Text) else text


def uncurled(text: str) -> str:
    """Return a text without its curly quotes at either end, or an empty text if it has none there."""
    return text.strip(_CURLY + " ") if text[:1] in _CURLY or text[-1:] in _CURLY else ""


def _slug(text: str) -> str:
    if is_slug(text):
        return text
    meant = uncurled(text)
    raise suggestion_error("slug.form", meant if is_slug(meant) else as_slug(text), example="swimming-meet")


def is_slug(text: str) -> bool:
    """Whether a text consists of letters of any script, digits and hyphens, and has 60 characters at most."""
    return (
        0 < len(text) <= SLUG_LIMIT
        and any(c.isalnum() for c in text)
        and all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in text)
    )


def as_slug(text: str) -> str:
    """Return the slug that is most like a text, or an empty text if there is none."""
    made = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text)).strip("-")[:SLUG_LIMIT]
    return made if is_slug(made) else ""


def _number(value: object) -> object:
    if not isinstance(value, Text):
        raise field_error("field.type", expected_kind="number")
    if _EXACT.fullmatch(value) and value.isascii():
        return Decimal(value) + 0  # -0 is 0
    raise field_error("field.number")  # the package `reading` knows what may be beside it, and adds advice


def _choice(
    words: Mapping[names.Value, tuple[str, ...]], meant: Callable[[str], str] | None = None, choice: str = "any"
) -> Callable[[object], object]:
    """Return a validator of a field that holds one of some words. ``meant`` gives the one that a wrong word means.

    ``choice`` names the catalogue's label that helps to choose.
    """

    def choose(value: object) -> object:
        if not isinstance(value, Text):
            raise field_error("field.type", expected_kind="text")
        english = names.english_value(value, words)
        if english is None:
            shown = "、".join(f"{english}（{spellings[0]}）" for english, spellings in words.items())
            chinese = "、".join(spellings[0] for spellings in words.values())
            known = meant_value(value, words)
            likely = meant(value) if meant else near_value(uncurled(value) or value, words)
            values = {"allowed": shown, "allowed-zh": chinese, "choice": choice}
            raise suggestion_error("field.value", known or likely, certain=bool(known), **values)
        return english

    return choose


def _flag(value: object) -> object:
    return _choice(names.YES_NO, choice="flag")(value) == "true"


def _bound_meant(word: str) -> str:
    """Return the record's word for a bound that another word means. One that only looks alike may mean the opposite."""
    bound = bound_meant(word)
    return "" if bound is None else bound if word.isascii() and word[:1].isalpha() else names.BOUNDS[bound][0]


def _status_meant(word: str) -> str:
    """Return the status that a mistyped word means. Short words that share a character may mean opposite facts."""
    if word in ("超额完成", "提前完成"):  # the amount or the day belongs elsewhere
        return names.STATUSES["done"][0]
    return near_value(word, names.STATUSES) if word.isascii() or len(word) > len("完成") else ""


def _rank(value: Decimal) -> Decimal:
    if value < 1 or value != value.to_integral_value():
        raise field_error("field.rank")
    return value


def _year(text: str) -> str:
    if not re.fullmatch(r"\d{4}", text):
        raise field_error("field.number", suggestion="")
    return text


def _pattern(written: str) -> str:
    """Return a regular expression that finds something, and that no text keeps busy for long."""
    try:
        found = re.compile(written)
    except re.error as error:
        raise field_error("pattern.broken", reason=str(error)) from error
    if found.fullmatch(""):
        raise field_error("pattern.empty")
    if _repeats_repeated(re._parser.parse(written)):  # type: ignore[attr-defined]
        raise field_error("pattern.slow")
    return written


def _repeats_repeated(parsed: Iterable[Any], *, within: bool = False) -> bool:
    """Whether a parsed expression repeats what is itself repeated, neither just so often: that may take for ever."""
    for kind, value in parsed:
        repeats = str(kind) in ("MAX_REPEAT", "MIN_REPEAT") and value[1] > 1 and value[0] != value[1]
        if repeats and within:
            return True
        parts = value if isinstance(value, list | tuple) else [value]
        inner = [part for part in parts if hasattr(part, "data")]
        inner += [part for one in parts if isinstance(one, list) for part in one if hasattr(part, "data")]
        if any(_repeats_repeated(part, within=within or repeats) for part in inner):
            return True
    return False


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def as_list(value: object) -> object:
    """Return a single text or mapping as a list of one, and anything else as it is. Too long a list is refused.

    Whatever looks at each pair of a list's entries then takes no longer than it may.
    """
    if isinstance(value, Items) and len(value) > LIST_LIMIT:
        raise field_error("field.many", count=str(len(value)), limit=str(LIST_LIMIT))
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
    if not re.match("https?:", text, re.IGNORECASE) or not (address := link_address(text)):
        raise field_error("field.url")
    return address


Str = Annotated[str, BeforeValidator(_text)]
Line = Annotated[Str, StringConstraints(min_length=1)]
Title = Annotated[str, BeforeValidator(_line), StringConstraints(min_length=1, max_length=TITLE_LIMIT)]
Summary = Annotated[str, BeforeValidator(_line), StringConstraints(min_length=1, max_length=120)]
Slug = Annotated[Str, AfterValidator(_slug)]
Url = Annotated[Str, AfterValidator(_url)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Rank = Annotated[Number, AfterValidator(_rank)]
Year = Annotated[Line, AfterValidator(_year)]
KindField = Annotated[names.KindName, BeforeValidator(_choice(names.KINDS, choice="kind"))]
StatusField = Annotated[names.OutcomeStatus, BeforeValidator(_choice(names.STATUSES, _status_meant, "status"))]
Bound = Annotated[names.BoundName, BeforeValidator(_choice(names.BOUNDS, _bound_meant))]
Basis = Annotated[names.BasisName, BeforeValidator(_choice(names.BASES))]
Aggregate = Annotated[names.AggregateName, BeforeValidator(_choice(names.AGGREGATES))]
DatingBasis = Annotated[names.DatingName, BeforeValidator(_choice(names.DATINGS))]
LevelField = Annotated[names.Level, BeforeValidator(_choice(names.LEVELS))]
ProblemLevel = Annotated[names.ProblemLevelName, BeforeValidator(_choice(names.PROBLEM_LEVELS))]
PatternField = Annotated[Line, AfterValidator(_pattern)]
LanguageField = Annotated[Language, BeforeValidator(_choice(names.LANGUAGE_NAMES))]
EditorHostField = Annotated[names.EditorHostName, BeforeValidator(_choice(names.EDITOR_HOSTS))]
OneOrMore = BeforeValidator(as_list)
Distinct = AfterValidator(_distinct)
BareValue = BeforeValidator(_as_value)

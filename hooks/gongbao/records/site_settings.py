"""What ``site.yml`` says of a site's content: its names, and what it has decided of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, ValidationInfo, field_validator, model_validator

from ..problems.catalogue import catalogue, usual_limit, waivable
from ..problems.spelling import near
from .fields import (
    Distinct,
    EditorHostField,
    Flag,
    LanguageField,
    LevelField,
    Line,
    Number,
    OneOrMore,
    Slug,
    Url,
    field_error,
    suggestion_error,
)
from .file_kinds import BEGINNINGS
from .links import leads_out, link_address
from .models import Model
from .time_fields import EndingDay, PeriodField
from .wordlists import WordsField


def _ending(text: str) -> str:
    """Return the ending of a kind of files that the program knows: ``.PDF`` is ``pdf``."""
    ending = text.strip(" .").lower()
    if ending not in BEGINNINGS:
        raise field_error(
            "field.value", suggestion=near(ending, BEGINNINGS), allowed="、".join(BEGINNINGS), choice="any"
        )
    return ending


def _rule_name(name: str) -> str:
    """Return the name of a rule, or of a family (``form.*``), whose level a site may set."""
    problems = catalogue()["problems"]
    rules = [rule for rule in problems if rule == name or (name.endswith(".*") and rule.startswith(name[:-1]))]
    if any(map(waivable, rules)):
        return name
    if rules:
        raise field_error("rule.fixed")
    families = {f"{rule.partition('.')[0]}.*" for rule in problems if waivable(rule)}
    raise suggestion_error("ref.rule", near(name, [*filter(waivable, problems), *families]))


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise field_error("field.number")
    return value


EndingField = Annotated[Line, AfterValidator(_ending)]
Limit = Annotated[Number, AfterValidator(_not_negative)]
RuleName = Annotated[Line, AfterValidator(_rule_name)]


class RuleSetting(Model):
    """What this site has decided of a rule or of a family of rules (``form.*``), and why.

    ``level`` says what its problems count for. It holds for all records, or for those of some ``units`` and ``periods``
    only. The rule leaves ``allowed`` texts alone. ``limit`` takes the place of the rule's own, in the rule's unit.
    """

    rule: RuleName
    reason: Line
    level: LevelField | None = None
    units: Annotated[tuple[Slug, ...], OneOrMore] = ()
    periods: Annotated[tuple[PeriodField, ...], OneOrMore] = ()
    allowed: Annotated[tuple[Line, ...], OneOrMore] = ()
    limit: Limit | None = None

    def covers(self, rule: str) -> bool:
        """Whether this is a setting of a rule, or of its family."""
        return self.rule == rule or (self.rule.endswith("*") and rule.startswith(self.rule[:-1]))

    @field_validator("limit")
    @classmethod
    def _has_limit(cls, limit: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if limit is not None and usual_limit(info.data.get("rule", "")) is None:
            raise field_error("rule.limit")
        return limit

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.level is None and not self.allowed and self.limit is None:
            raise field_error("field.missing", name="level")
        return self


class Editor(Model):
    """Where the editor at ``/edit/`` reads and writes records.

    ``repository`` is the path on a host of code (``owner/name``), and ``url`` that host's address where it is not the
    one that everybody knows. ``application`` is the id under which the host knows the editor, for signing in there. A
    ``local`` editor works on a folder of the writer's own computer.
    """

    host: EditorHostField
    repository: Line | None = None
    branch: Line | None = None
    url: Url | None = None
    application: Line | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.host != "local" and not self.repository:
            raise field_error("field.missing", name="repository")
        return self


class SiteSettings(Model):
    """``site.yml``: the settings of the site that concern its content."""

    name: WordsField
    short: WordsField | None = None
    language: LanguageField = "zh"
    issuer: WordsField | None = None
    contact: Line | None = None
    licence: Line | None = None
    id: Line | None = None
    parent: Url | None = None  # the address of the superior's site, which collects from this one
    as_of: EndingDay | None = None
    pace: Flag = True  # whether the ledger tells the pace of promises
    attachments: Annotated[tuple[EndingField, ...], OneOrMore, Distinct] = tuple(BEGINNINGS)
    rules: Annotated[tuple[RuleSetting, ...], OneOrMore] = ()
    extends: Line | None = None
    vocabulary: Line | None = None  # the digest that the lists it extends have to have (`Vocabulary.meaning`)
    editor: Editor | None = None

    def limit(self, rule: str) -> Decimal:
        """Return a rule's limit, in its own unit: this site's, or the usual one."""
        own = next((one.limit for one in reversed(self.rules) if one.limit is not None and one.rule == rule), None)
        usual = usual_limit(rule)
        assert usual is not None, rule
        return usual if own is None else own

    def allowed(self, rule: str) -> Sequence[str]:
        """Return the texts that a rule leaves alone."""
        return [one for setting in self.rules if setting.covers(rule) for one in setting.allowed]

    def allows(self, rule: str, text: str, start: int, end: int) -> bool:
        """Whether a text that a rule leaves alone covers the part ``[start, end)`` of a text."""
        places = (text.find(one, max(0, end - len(one))) for one in self.allowed(rule))
        return any(0 <= at <= start for at in places)

    @property
    def licence_url(self) -> str | None:
        """The licence if it is an address, else None."""
        address = link_address(self.licence or "")
        return address if leads_out(address) and address.startswith(("https://", "http://")) else None


class SharedSettings(SiteSettings):
    """The ``site.yml`` beside word lists that several sites share. It may be that of another site, or have no name."""

    name: WordsField | None = None  # type: ignore[assignment]

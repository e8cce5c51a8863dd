"""What a writer answers, in options or at a terminal, and the words of the site that it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from ..problems.catalogue import label
from ..problems.names import KINDS, KindName, english_value
from ..problems.other_words import meant_value
from ..problems.visible import visible
from ..records.fields import TITLE_LIMIT
from ..records.periods import Period, parse_period
from ..records.vocabulary import Lexicon, ListEntry, Vocabulary
from .misuse import Misuse


def unit_meant(vocabulary: Vocabulary, name: str) -> str:
    """Return the slug of the unit with this slug or title. Raises Misuse."""
    return _slug_meant(vocabulary, vocabulary.units, "new-no-unit", name)


def topic_meant(vocabulary: Vocabulary, name: str) -> str:
    """Return the slug of the topic with this slug, alias or title. Raises Misuse."""
    return _slug_meant(vocabulary, vocabulary.topics, "new-no-topic", name)


def _slug_meant(vocabulary: Vocabulary, lexicon: Lexicon[ListEntry], refusal: str, name: str) -> str:
    if entry := lexicon.find(name) or lexicon.meant(name):
        return entry.slug
    raise refused(vocabulary, refusal, lexicon.near(name), name=name)


def period_meant(vocabulary: Vocabulary, text: str) -> Period:
    """Return the period that a text names. Raises Misuse."""
    if period := parse_period(text):
        return period
    raise refused(vocabulary, "no-period", period=text)


def kind_meant(vocabulary: Vocabulary, text: str) -> KindName:
    """Return the kind that a word names. Raises Misuse."""
    if kind := english_value(meant_value(text, KINDS) or text, KINDS):
        return kind
    raise refused(vocabulary, "new-no-kind", name=text, allowed="、".join(_kinds(vocabulary)))


def _kinds(vocabulary: Vocabulary) -> list[str]:
    return [chinese[0] if vocabulary.language == "zh" else english for english, chinese in KINDS.items()]


def title_meant(vocabulary: Vocabulary, text: str) -> str:
    """Return a title as it may stand in a record. Raises Misuse."""
    title = " ".join(text.split())
    if not 0 < len(title) <= TITLE_LIMIT or not title.isprintable():
        raise refused(vocabulary, "new-bad-title", limit=str(TITLE_LIMIT))
    return title


def refused(vocabulary: Vocabulary, said: str, meant: str = "", **values: str) -> Misuse:
    """Return the refusal with a label's text, and with what the writer may have meant."""
    language = vocabulary.language
    lines = [label(said, language, **values), *([label("did-you-mean", language, suggestion=meant)] if meant else [])]
    return Misuse(visible(" ".join(("" if language == "zh" else " ").join(lines).split())))


class Answers:
    """The answers to what a command has to know: those given in options, and else those typed at a terminal."""

    def __init__(self, vocabulary: Vocabulary, *, terminal: bool) -> None:
        self._vocabulary = vocabulary
        self._terminal = terminal
        self._missing: list[str] = []

    def get(
        self,
        option: str,
        given: str,
        meant: Callable[[Vocabulary, str], object],
        choices: Iterable[ListEntry] = (),
        default: str = "",
    ) -> str:
        """Return what was given for an option, or typed, with the choices shown. Empty if nobody can be asked.

        ``meant`` refuses what it can't use, and the question is then asked again.
        """
        if given or not self._terminal:
            if not given:
                self._missing.append(f"--{option}")
            return given

        def checked(text: str) -> str:
            try:
                meant(self._vocabulary, text)
            except Misuse as misuse:
                raise click.BadParameter(str(misuse)) from misuse
            return text

        language = self._vocabulary.language
        for one in choices:
            print(f"  {one.slug}  {one.title.text(language)}")
        typed: str = click.prompt(label(f"ask-{option}", language), default=default or None, value_proc=checked)
        return typed

    def kind(self, given: str) -> KindName:
        """Return the kind of a record, which is work if nobody says otherwise. Raises Misuse."""
        kinds = _kinds(self._vocabulary)
        if self._terminal and not given:
            print(f"  {' '.join(kinds)}")
            given = self.get("kind", "", kind_meant, default=kinds[0])
        return kind_meant(self._vocabulary, given) if given else "done"

    def refuse_missing(self) -> None:
        """Raise Misuse if something was neither given nor typed."""
        if self._missing:
            raise refused(self._vocabulary, "new-missing", options=" ".join(self._missing))

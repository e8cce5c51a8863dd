"""As much of GraphQL as one client speaks: fields with other names and arguments, fragments on a type, variables."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\.\.\.|[{}()\[\]:$]|[\w-]+')


class Field(NamedTuple):
    """A field that is asked for, the name it is to have in the answer, and what of it is asked for."""

    shown: str
    name: str
    arguments: Mapping[str, Any]
    inner: list[Field]


def answer(query: str, variables: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    """Return what a query asks of ``root``: values, tables, lists, and functions of a field's arguments."""
    return _picked(root, _Reader(query, variables).fields())


def _picked(value: Any, fields: list[Field]) -> Any:
    if isinstance(value, list):
        return [_picked(one, fields) for one in value]
    if not isinstance(value, Mapping):
        return value
    found = {}
    for field in fields:
        inner = value.get(field.name)
        found[field.shown] = _picked(inner(**field.arguments) if callable(inner) else inner, field.inner)
    return found


class _Reader:
    def __init__(self, query: str, variables: Mapping[str, Any]) -> None:
        self.tokens = _TOKEN.findall(query[query.index("{") :])
        self.variables = variables

    def take(self, wanted: str = "") -> str:
        token: str = self.tokens.pop(0)
        assert not wanted or token == wanted, f"{token} for {wanted}"
        return token

    def fields(self) -> list[Field]:
        self.take("{")
        found: list[Field] = []
        while (name := self.take()) != "}":
            if name == "...":
                self.take("on")
                self.take()
                found += self.fields()
                continue
            shown = name
            if self.tokens[0] == ":":
                self.take()
                name = self.take()
            arguments = self.table("(", ")") if self.tokens[0] == "(" else {}
            found.append(Field(shown, name, arguments, self.fields() if self.tokens[0] == "{" else []))
        return found

    def table(self, begin: str, end: str) -> dict[str, Any]:
        self.take(begin)
        found = {}
        while (name := self.take()) != end:
            self.take(":")
            found[name] = self.value()
        return found

    def value(self) -> Any:
        if self.tokens[0] == "{":
            return self.table("{", "}")
        token = self.take()
        if token == "[":
            found = []
            while self.tokens[0] != "]":
                found.append(self.value())
            self.take()
            return found
        if token == "$":
            return self.variables[self.take()]
        return json.loads(token) if token.startswith('"') or token.isdigit() else token

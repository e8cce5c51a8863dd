"""The entries of ``sites.yml``: the sites of subordinates, whose published data are collected."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, model_validator

from .fields import Line, Slug, as_mapping, field_error
from .models import Model
from .wordlists import OwnSlug
from .yamltree import Text

_WEB = ("https://", "http://")
_REVISION = re.compile(r"\w[\w./-]*")
_KEY = re.compile(r"(?:ssh|ecdsa|sk)-[\w@.-]+ +[A-Za-z0-9+/]+=*(?: |$)")


class Where(Model):
    """Where a site's files lie: in a folder, below an address, or in a repository of git.

    There, ``commit`` is the name of a commit or of a branch, and ``path`` that of the site's folder.
    """

    path: Line | None = None
    url: Line | None = None
    git: Line | None = None
    commit: Line | None = None

    @model_validator(mode="after")
    def _one(self) -> Where:
        if sum(one is not None for one in (self.url, self.git)) + (self.path is not None and not self.git) != 1:
            raise field_error("sites.where")
        if (self.git is None) != (self.commit is None):
            raise field_error("field.missing", name="commit" if self.git else "git")
        if (self.url and not self.url.startswith(_WEB)) or (self.path and "://" in self.path):
            raise field_error("sites.where")
        if self.git and (self.git.startswith("-") or not _REVISION.fullmatch(self.commit or "")):  # an option, for git
            raise field_error("sites.where")
        return self


def _as_where(value: object) -> object:
    """Return a bare text as the address or the path that it is."""
    web = isinstance(value, Text) and value.startswith(_WEB)
    return as_mapping("url" if web else "path", value)


def _public_key(text: str) -> str:
    if not _KEY.match(text):
        raise field_error("sites.key")
    return text


class SiteEntry(Model):
    """A subordinate site: the unit that it is the site of, where its files lie, and the key that signs its data.

    ``key`` is a public key as ``ssh-keygen`` writes it. With a key, data without its signature are not taken.
    """

    id: OwnSlug
    unit: Slug
    where: Annotated[Where, BeforeValidator(_as_where)]
    key: Annotated[Line, AfterValidator(_public_key)] | None = None

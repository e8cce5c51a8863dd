"""What a command says where it was called with what it can't use."""

from __future__ import annotations


class Misuse(Exception):
    """The command got an unknown name, path, revision or rule. The text names it."""

    exit_code = 2

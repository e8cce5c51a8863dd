"""When a page last changed."""

from __future__ import annotations

from collections.abc import Mapping

from .page import Page


def last_change(page: Page, changes: Mapping[str, str]) -> str:
    """Return the day when git last saw a page's records change, or nothing where it does not know.

    ``changes`` has the day of each file's last commit.
    """
    if not changes:
        return ""
    return max((changes[record.path] for record in page.records if record.path in changes), default="")


def changed_on(page: Page, changes: Mapping[str, str]) -> str:
    """Return the day of a page's last change, else the end of its records' last period, or nothing."""
    ends = (record.period.last_day.isoformat() for record in page.records if record.period.last_day)
    return last_change(page, changes) or max(ends, default="")

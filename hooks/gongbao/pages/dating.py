"""When a page last changed."""

from __future__ import annotations

from collections.abc import Mapping

from .page import Page


def last_change(page: Page, changes: Mapping[str, str]) -> str:
    """Return the day of the last commit that changed a page's records (ISO 8601), or an empty text if git knows none.

    ``changes`` has the day of each file's last commit.
    """
    if not changes:
        return ""
    return max((changes[record.path] for record in page.records if record.path in changes), default="")


def changed_on(page: Page, changes: Mapping[str, str]) -> str:
    """Return the day of a page's last change, else of its last period's end (ISO 8601), else an empty text."""
    ends = (record.period.last_day.isoformat() for record in page.records if record.period.last_day)
    return last_change(page, changes) or max(ends, default="")

"""When a page last changed."""

from __future__ import annotations

from collections.abc import Mapping

from .page import Page


def changed_on(page: Page, changes: Mapping[str, str]) -> str:
    """Return the day when git last saw a page's records change, else the end of their last period, or nothing.

    ``changes`` has the day of each file's last commit.
    """
    seen = [changes[record.path] for record in page.records if record.path in changes]
    ends = [record.period.last_day.isoformat() for record in page.records if record.period.last_day]
    return max(seen or ends or [""])

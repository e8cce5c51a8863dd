"""The columns of the open data's tables, and what each may hold. Other programs rely on these names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from ..archive.ledger import PROMISE_STATUSES
from ..problems.names import BOUNDS, STATUSES
from ..records.version import Unshown

FIGURES = (
    *("key", "role", "parent", "record", "url", "title", "unit", "unit_title", "topic", "topic_title"),
    *("period", "period_edtf", "indicator", "name", "value", "bound", "measure", "percent", "percent_bound"),
    *("of_name", "of", "of_bound", "of_measure", "target", "target_bound", "completion", "completion_bound"),
    *("previous", "previous_bound", "change", "change_bound", "rank", "as_of", "printed", "doubt", "note"),
    *("change_measure", "converted", "converted_measure", "instalment"),
)
COMMITMENTS = (
    *("key", "record", "url", "unit", "unit_title", "topic", "topic_title", "period", "period_edtf", "text"),
    *("due", "due_edtf", "due_now", "due_now_edtf", "indicator", "target_name", "target", "target_bound", "measure"),
    *("status", "status_title", "carried", "outcomes"),
    *("latest_record", "latest_url", "latest_status", "latest_value", "latest_measure", "latest_note"),
)
VERSIONS = ("key", "record", "version", "date", "url", "unshown")
NUMBERS = frozenset(
    {"value", "converted", "percent", "of", "target", "completion", "previous", "change", "rank", "latest_value"}
)
COUNTS = frozenset({"carried", "outcomes", "version"})
DAYS = frozenset({"date"})
FLAGS = frozenset({"instalment"})
REQUIRED = frozenset(
    {"key", "role", "record", "url", "unit", "unit_title", "period", "status", "carried", "outcomes", "version"}
)
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "role": ("figure", "part", "among"),
    "status": PROMISE_STATUSES,
    "latest_status": tuple(STATUSES),
    "unshown": tuple(filter(None, get_args(Unshown))),
}


def allowed_values(column: str) -> tuple[str, ...]:
    """Return all values that a column may hold besides an empty one; none for a column of free text or of numbers."""
    return tuple(BOUNDS) if column == "bound" or column.endswith("_bound") else _ALLOWED.get(column, ())

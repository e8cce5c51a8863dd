"""The columns of the open data's tables, and what each may hold. Other programs rely on these names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from ..archive.ledger import PROMISE_STATUSES
from ..archive.register import ReportState
from ..archive.rollup import SCOPES
from ..problems.names import AGGREGATES, BASES, BOUNDS, STATUSES
from ..records.version import Unshown

FIGURES = (
    *("key", "role", "parent", "record", "url", "title", "unit", "unit_title", "topic", "topic_title"),
    *("period", "period_edtf", "indicator", "name", "value", "bound", "measure", "percent", "percent_bound"),
    *("of_name", "of", "of_bound", "of_measure", "target", "target_bound", "completion", "completion_bound"),
    *("previous", "previous_bound", "change", "change_bound", "rank", "as_of", "printed", "doubt", "note"),
    *("change_measure", "converted", "converted_measure", "instalment"),
    *("period_id", "scope", "amount", "amount_low", "amount_high"),
)
COMMITMENTS = (
    *("key", "record", "url", "unit", "unit_title", "topic", "topic_title", "period", "period_edtf", "text"),
    *("due", "due_edtf", "due_now", "due_now_edtf", "indicator", "target_name", "target", "target_bound", "measure"),
    *("status", "status_title", "carried", "outcomes"),
    *("latest_record", "latest_url", "latest_status", "latest_value", "latest_measure", "latest_note"),
    *("period_id", "due_day", "as_of"),
)
VERSIONS = ("key", "record", "version", "date", "url", "unshown")
UNITS = ("unit", "unit_title", "parent_unit", "unit_level", "reports_from", "reports_to", "url")
INDICATORS = ("indicator", "indicator_title", "measure", "basis", "aggregate", "topic", "url")
DEFINITIONS = ("key", "indicator", "defined_from", "definition")
MEASURES = ("key", "indicator", "measure", "scale")
EXPECTATIONS = ("key", "unit", "period_id", "due_day", "report_day", "report_state")
TOMBSTONES = ("record", "url", "withdrawn_on", "purged")
CORRECTIONS = ("key", "record", "url", "unit", "corrected_on", "correction", "was", "now")
TOPICS = ("key", "unit", "period_id", "topic", "topic_title", "records")
ROLLUP = (
    "key",
    "unit",
    "indicator",
    "period_id",
    "amount",
    "reported",
    "inexact",
    *("low", "high", "no_low", "no_high"),
)
FIGURES_FILE = "figures.csv"


@dataclass(frozen=True)
class DataTable:
    """A table of the open data: its name and its columns, of which the first is its primary key.

    ``references`` gives the table and its column in which each value of some column stands.
    """

    name: str
    columns: tuple[str, ...]
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"


_UNIT, _INDICATOR = {"unit": ("units", "unit")}, {"indicator": ("indicators", "indicator")}
TABLES = (
    DataTable("figures", FIGURES, {"parent": ("figures", "key"), **_UNIT, **_INDICATOR}),
    DataTable("commitments", COMMITMENTS, _UNIT | _INDICATOR),
    DataTable("versions", VERSIONS),
    DataTable("units", UNITS, {"parent_unit": ("units", "unit")}),
    DataTable("indicators", INDICATORS),
    DataTable("definitions", DEFINITIONS, _INDICATOR),
    DataTable("measures", MEASURES, _INDICATOR),
    DataTable("expectations", EXPECTATIONS, _UNIT),
    DataTable("tombstones", TOMBSTONES),
    DataTable("corrections", CORRECTIONS, _UNIT),
    DataTable("topics", TOPICS, _UNIT),
    DataTable("rollup", ROLLUP, _UNIT | _INDICATOR),
)
NUMBERS = frozenset(
    {"value", "converted", "percent", "of", "target", "completion", "previous", "change", "rank", "latest_value"}
    | {"amount", "amount_low", "amount_high", "scale", "low", "high"}
)
COUNTS = frozenset({"carried", "outcomes", "version", "reported", "inexact", "no_low", "no_high", "records"})
DAYS = frozenset({"date"})
FLAGS = frozenset({"instalment", "purged"})
REQUIRED = frozenset(
    {"key", "role", "record", "unit", "unit_title", "period", "period_id", "status", "carried", "outcomes", "version"}
)
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "role": ("figure", "part", "among"),
    "status": PROMISE_STATUSES,
    "latest_status": tuple(STATUSES),
    "scope": SCOPES,
    "basis": tuple(BASES),
    "aggregate": tuple(AGGREGATES),
    "report_state": get_args(ReportState),
    "unshown": tuple(filter(None, get_args(Unshown))),
}


def allowed_values(column: str) -> tuple[str, ...]:
    """Return all values that a column may hold besides an empty one; none for a column of free text or of numbers."""
    return tuple(BOUNDS) if column == "bound" or column.endswith("_bound") else _ALLOWED.get(column, ())

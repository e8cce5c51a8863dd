"""The charts of the indicators' pages as SVG files, to be downloaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ..archive import addresses
from ..charts.chart import Chart, Multiples
from ..output import Output, Put
from ..pages.page import Page


def chart_output(pages: Iterable[Page], keys: Mapping[str, bytes]) -> Output:
    """Return the files of all charts as an output. ``keys`` are the keys of the pages, by address."""
    by_name = {name: (page, chart) for page in pages if page.kind == "indicator" for name, chart in charts_of(page)}

    def make(due: Collection[str], put: Put) -> None:
        for name in due:
            put(name, by_name[name][1].file.encode())

    return Output(lambda: {name: keys[page.address] for name, (page, _) in by_name.items()}, make)


def charts_of(page: Page) -> Iterator[tuple[str, Chart | Multiples]]:
    """Yield the charts of an indicator's page, by the addresses of their files."""
    view = page.view
    single = [chart for series in view["units"] for chart in (*series.sums, *series.charts) if chart.panel.is_chart]
    for chart in (*single, *view["several"]):
        yield addresses.chart(view["indicator"].slug, chart.around.name), chart

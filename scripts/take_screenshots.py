#!/usr/bin/env python3
"""Take the pictures of docs/images/pages: each page kind on a phone, a tablet and a desk, in light and dark.

Usage: .venv/bin/python scripts/take_screenshots.py [SITE]    (SITE is the built site, or else site/)
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

from playwright.sync_api import Browser

from speed.browsing import browser
from speed.serving import served

PROJECT = Path(__file__).parent.parent
PAGES = {
    "home": "",
    "year": "2014/",
    "half": "2014/h1/",
    "topic-of-half": "2014/h1/aid/",
    "record": "2014/h1/records/second-half-activities/",
    "topic": "topics/aid/",
    "unit": "units/qingzhi-subdistrict/",
    "unit-bulletin": "units/qingzhi-subdistrict/2014-h1/",
    "figures": "figures/",
    "indicator": "figures/disputes-settled/",
    "plans": "plans/",
    "data": "data/",
    "readers": "readers/",
}
SIZES = ((390, 900), (768, 900), (1440, 900))
# Draws pictures side by side at half their size, the light ones above the dark ones, and returns them as WebP.
SHEET = """async ([rows, quality]) => {
    const load = async data => createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob())
    const images = await Promise.all(rows.map(row => Promise.all(row.map(load))))
    const gap = 12, scale = 0.5
    const canvas = document.createElement("canvas"), draw = canvas.getContext("2d")
    canvas.width = images[0].reduce((width, image) => width + image.width * scale + gap, -gap)
    canvas.height = images.reduce((height, row) => height + row[0].height * scale + gap, -gap)
    draw.fillStyle = "#8d8983"
    draw.fillRect(0, 0, canvas.width, canvas.height)
    draw.imageSmoothingQuality = "high"
    let y = 0
    for (const row of images) {
        let x = 0
        for (const image of row) {
            draw.drawImage(image, x, y, image.width * scale, image.height * scale)
            x += image.width * scale + gap
        }
        y += row[0].height * scale + gap
    }
    return canvas.toDataURL("image/webp", quality).split(",")[1]
}"""


def main(site: Path) -> None:
    """Write one sheet a page kind, and the picture of the READMEs."""
    folder = PROJECT / "docs" / "images" / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as running, served(site) as base:
        blank = running.new_page()
        for name, path in PAGES.items():
            rows = [_shots(running, base + path, scheme) for scheme in ("light", "dark")]
            (folder / f"{name}.webp").write_bytes(base64.b64decode(blank.evaluate(SHEET, [rows, 0.6])))
        half = running.new_page(viewport={"width": 1200, "height": 900}, color_scheme="light")
        half.goto(base + PAGES["half"])
        half.screenshot(path=PROJECT / "docs" / "images" / "tour.png")


def _shots(running: Browser, address: str, scheme: str) -> list[str]:
    """Return a page's pictures in every size, as base64."""
    shots = []
    for width, height in SIZES:
        page = running.new_page(
            viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page.goto(address, wait_until="networkidle")
        shots.append(base64.b64encode(page.screenshot()).decode())
        page.close()
    return shots


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else PROJECT / "site"))

"""Have an authority stamp a site's manifest with the time: ``gongbao timestamp DIR --url URL --root FILE``."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.request import Request, urlopen

import click

from ..problems.catalogue import both, label
from ..site.manifest import MANIFEST
from ..site.timestamps import STAMP, WrongStamp, request_of, stamped_at

ROOT = "GONGBAO_TSA_ROOT"  # the variables in place of the options
_URL = "GONGBAO_TSA_URL"
_SECONDS = 30  # for which an authority may say nothing


def stamp(folder: Path, url: str, root: Path) -> int:
    """Fetch a stamp, and write it beside the manifest if it verifies. Returns 1 if there is none, else 0."""
    try:
        manifest = (folder / MANIFEST).read_bytes()
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        with urlopen(Request(url, request_of(manifest), headers), timeout=_SECONDS) as answer:
            got: bytes = answer.read()
        time = stamped_at(got, manifest, root.read_bytes())
        (folder / STAMP).write_bytes(got)
    except ImportError:
        print(label("timestamp-library", "zh"), file=sys.stderr)
        return 1
    except (OSError, ValueError, WrongStamp) as error:
        print(label("timestamp-failed", "zh", url=url, reason=error), file=sys.stderr)
        return 1
    print(label("timestamp-made", "zh", file=folder / STAMP, time=f"{time:%Y-%m-%d %H:%M:%S} UTC"))
    return 0


@click.command(help=both("command-timestamp"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--url", metavar="URL", required=True, envvar=_URL, help=both("option-tsa-url"))
@click.option(
    "--root", metavar="FILE", required=True, envvar=ROOT, type=click.Path(path_type=Path), help=both("option-tsa-root")
)
def command(folder: Path, url: str, root: Path) -> None:
    """Stamp the site in a folder."""
    sys.exit(stamp(folder, url, root))

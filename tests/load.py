"""Readers at a steady rate, behind the guide's nginx: ``.venv/bin/python tests/load.py`` builds 5,000 records for it.

The rate is offered and not agreed on: each request has its time, whether the ones before it are answered or not, and
the time that it takes begins there. A request asks for any file of the site, compressed, on connections that stay open.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / name) for name in ("hooks", "scripts")]

from speed.corpus import make_corpus  # noqa: E402
from speed.peers import build_ours  # noqa: E402
from test_serving import running  # noqa: E402

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Load:
    """What became of the requests: how long each took from its time on, in seconds; what failed; when all were sent."""

    took: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    sent_in: float = 0.0

    def told(self) -> str:
        """One line for people."""
        times = sorted(self.took)
        percentiles = ", ".join(f"p{part} {times[len(times) * part // 100] * 1000:.1f} ms" for part in (50, 99))
        rate = len(times) / self.sent_in
        errors = f"{self.errors.total()} errors {dict(self.errors) or ''}".strip()
        return f"{len(times)} requests at {rate:.0f}/s: {errors}, {percentiles}, longest {times[-1] * 1000:.0f} ms"


def paths_of(site: Path) -> list[str]:
    """The paths of all files that a site's manifest lists; a page's ends in ``/``."""
    listed = json.loads((site / "manifest.json").read_text(encoding="utf-8"))["files"]
    names = (f"/{one['path']}" for one in listed)
    return [quote(name.removesuffix("index.html") if name.endswith("/index.html") else name) for name in names]


async def offer(address: str, paths: Sequence[str], rate: int, seconds: int) -> Load:
    """Ask for paths at random, ``rate`` a second."""
    split, chance, loop = urlsplit(address), random.Random(1), asyncio.get_running_loop()
    idle: list[Connection] = []
    load = Load()

    async def ask(path: str, due: float) -> None:
        try:
            connection = idle.pop() if idle else await asyncio.open_connection(split.hostname, split.port)
            if await answered(connection, path, load):
                idle.append(connection)
            else:
                connection[1].close()
        except (OSError, EOFError, ValueError) as error:
            load.errors[type(error).__name__] += 1
        load.took.append(loop.time() - due)

    start = loop.time()
    asked = set()
    for number in range(rate * seconds):
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - loop.time()))
        asked.add(task := asyncio.create_task(ask(split.path.rstrip("/") + chance.choice(paths), due)))
        task.add_done_callback(asked.discard)
    load.sent_in = loop.time() - start
    await asyncio.gather(*asked)
    for _, writer in idle:
        writer.close()
    return load


async def answered(connection: Connection, path: str, load: Load) -> bool:
    """Send one request and read its answer to the end; return whether the connection stays open."""
    reader, writer = connection
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = head.split(" ", 2)[1]
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if status != "200":
        load.errors[status] += 1
    if headers.get("transfer-encoding") == "chunked":
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(headers["content-length"]))
    return headers.get("connection") != "close"


def main() -> int:
    """Build a site, serve it, and ask for it. Return 1 if a request failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--rate", type=int, default=1000, help="requests a second")
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus, server = Path(folder) / "corpus", Path(folder) / "server"
        make_corpus(asked.records, corpus)
        print(f"building {asked.records} records: {build_ours(corpus)}", flush=True)
        server.mkdir()
        paths = paths_of(corpus / "site")
        with running("nginx", corpus / "site", server, "") as address:
            load = asyncio.run(offer(address, paths, asked.rate, asked.seconds))
    print(f"{len(paths)} files: {load.told()}")
    return 1 if load.errors else 0


if __name__ == "__main__":
    sys.exit(main())

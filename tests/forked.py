"""Commands of our own program, each in a process forked from one that has imported the program already.

Python and its imports take longer to start than a small build takes. The process that forks serves one process of
pytest, and ends with it: ``python -P forked.py``.
"""

from __future__ import annotations

import atexit
import gc
import json
import logging
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile

# What a build or a check imports, before or while it works.
IMPORTED = (
    *("mkdocs.__main__", "mkdocs.commands.build", "material.templates", "markdown.extensions.codehilite"),
    *("gongbao.host", "gongbao.checks.registry", "PIL.ImageDraw", "PIL.PngImagePlugin"),
    *("gongbao.commands.check", "gongbao.commands.write_word", "gongbao.commands.write_pages"),
)


def run_forked(
    main: str, arguments: Sequence[str], folder: Path, surroundings: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a module's function, ``module:function``, as a command in a folder; its messages are all in ``stdout``."""
    server = _server()
    assert server.stdin and server.stdout
    with NamedTemporaryFile("r", encoding="utf-8") as said:
        asked = [main, [*arguments], str(folder), dict(surroundings), said.name]
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess([main, *arguments], code, said.read())


@cache
def _server() -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    server = subprocess.Popen([sys.executable, "-P", __file__], stdin=pipe, stdout=pipe, encoding="utf-8")
    atexit.register(server.communicate)  # which closes its input, and so ends it
    return server


def _serve() -> None:
    for name in IMPORTED:
        import_module(name)
    _warm_up()
    logging.getLogger("mkdocs.__main__").setLevel(logging.WARNING)  # as ``python -m mkdocs`` says nothing by it
    gc.collect()
    gc.freeze()  # or each process would copy what it never uses
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts pytest ends this process too
    for line in sys.stdin:
        if not (process := os.fork()):
            _become(*json.loads(line))
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _warm_up() -> None:
    """Make what every command makes first, and keeps while it runs: validators, patterns, the program's fingerprint."""
    from gongbao.cache.program import program_fingerprint
    from gongbao.reading.content import read_all
    from gongbao.reading.disk import read_content

    read_all(read_content(Path(__file__).parent / "cases" / "base"))
    program_fingerprint()


def _become(main: str, arguments: list[str], folder: str, surroundings: dict[str, str], output: str) -> None:
    """Be the process that a shell would start, and end as it would."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(output, os.O_WRONLY), 1)
    os.dup2(1, 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(surroundings)
    time.tzset()
    sys.argv = [main, *arguments]
    code = 1
    try:
        module, _, function = main.partition(":")
        getattr(import_module(module), function)()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()

"""The beginning and the end of every command. Until it heeds signals, as little as possible is imported."""

from __future__ import annotations

import sys

from ..stopping import held, stoppable


def main() -> None:
    """Run the command line and end the process: with 0, with 1 for errors, with 2 for misuse.

    Where the disk does not take what is to be written, one line says so. Who stops a command gets 130 or 143.
    """
    with stoppable():
        try:
            with held():
                from ..problems.terminal import never_fail_to_print
                from .group import group

            never_fail_to_print()
            group(prog_name="gongbao")
        except OSError as error:
            from ..problems.disk_errors import disk_line

            if not (said := disk_line(error)):
                raise
            print(said, file=sys.stderr)
            sys.exit(1)

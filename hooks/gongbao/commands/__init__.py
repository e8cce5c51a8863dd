"""What people type: each subcommand of ``gongbao`` takes its arguments, calls the program and says what came of it.

In: arguments. Out: an exit code, and words on the terminal.
May import: `host` and below.
"""

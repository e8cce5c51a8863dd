"""What people type: each command takes its arguments, calls the program and says what came of it.

In: arguments. Out: an exit code, and words on the terminal.
May import: everything below.
"""

"""What a run leaves for the next one below ``.cache/``. No run needs it, and every run checks it before use.

In: values. Out: the same values, or None for a value that is not whole, or that another machine or program has left.
May import: `git`, `problems`.
"""

"""What a run leaves for the next one below ``.cache/``: never needed, never trusted unchecked.

In: values. Out: the same values, or nothing where they are not whole.
May import: `problems`.
"""

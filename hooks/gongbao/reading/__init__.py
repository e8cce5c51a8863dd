"""From ``content/`` on disk to records: every file placed, read, resolved and checked; all faults found at once.

In: a folder. Out: `Content`, that is records, word lists and all problems.
May import: `checks` and below.
"""

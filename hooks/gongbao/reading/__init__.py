"""The way from the files of ``content/`` to checked records. One run finds all faults.

In: a folder. Out: `Content`, which is records, word lists and all problems.
May import: `checks` and below.
"""

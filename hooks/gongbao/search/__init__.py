"""The search's index: what a match is, each record as the index has it, and Pagefind, which makes it.

In: an archive. Out: the index's files, kept from run to run, as an `Output`.
May import: `archive` and below.
"""

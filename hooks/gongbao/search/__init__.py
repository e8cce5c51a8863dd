"""The search's index: what a match is, each record as the index has it, and Pagefind, which makes it.

In: an archive. Out: a folder of index files, kept from run to run.
May import: `archive` and below, `cache`, `parallel`.
"""

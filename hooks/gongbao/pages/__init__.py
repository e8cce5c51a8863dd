"""The archive laid out as pages: which pages there are and what each shows. No HTML yet, but for charts.

In: an archive. Out: `Page` values, and the menus.
May import: `data`, `search` and below.
"""

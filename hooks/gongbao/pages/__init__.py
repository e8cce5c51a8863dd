"""The archive laid out as pages: which pages there are and what each shows. Charts are the only HTML made here.

In: an archive. Out: `Page` values, each with a template's name and what that is given, and the menus.
May import: `data`, `search` and below.
"""

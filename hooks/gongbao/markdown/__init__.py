"""The way out: rendered pages as plain Markdown files, for any other generator.

In: a page's HTML. Out: Markdown.
May import: `rendering` and below.
"""

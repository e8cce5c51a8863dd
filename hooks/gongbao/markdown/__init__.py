"""The way out of Gongbao: rendered pages as plain Markdown files, for any other generator.

In: a page's HTML. Out: Markdown. (A record's own Markdown is made HTML in `text`.)
May import: `rendering` and below.
"""

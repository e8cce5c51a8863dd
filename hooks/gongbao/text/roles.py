"""What our templates say of an element to readers other than a browser: Word, Markdown, feeds, tables of contents.

A role is an attribute ``data-gb-…``. A class is for looks alone: nothing but a style sheet or a script reads one.
"""

from __future__ import annotations

SCREEN = "data-gb-screen"  # of no use on paper or in a feed; with the value HERE, of none outside of this site
HERE = "here"
CITE = "data-gb-cite"  # how to cite the page
META = "data-gb-meta"  # below a title: whose, of when, how many; its children stand apart
CARDS = "data-gb-cards"  # a list of figures, each with its NAME; the children of its items stand apart
NAME = "data-gb-name"
MARK = "data-gb-mark"  # a sign beside a title and no part of it: a kind, a correction, a draft
CHART = "data-gb-chart"

# What stands apart from what is before it; and what holds such: a list in its items, a table in its cells.
APART = frozenset({"data-gb-apart", MARK})
PARTED = frozenset({"data-gb-parted", META, CARDS})

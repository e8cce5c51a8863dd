"""Roles: what the templates tell programs about an element, for Word, Markdown, feeds and tables of contents.

A role is an attribute ``data-gb-…``. A class is for looks alone: only style sheets and scripts read classes.
"""

from __future__ import annotations

SCREEN = "data-gb-screen"  # only for a screen, not for paper or feeds; with the value HERE, only for this site
HERE = "here"
CITE = "data-gb-cite"  # how to cite the page
META = "data-gb-meta"  # facts below a title (unit, date, number); its children stand apart
CARDS = "data-gb-cards"  # a list of figures, each with its NAME; the children of its items stand apart
NAME = "data-gb-name"
MARK = "data-gb-mark"  # a sign beside a title that is not part of it: a kind, a correction, a draft
CHART = "data-gb-chart"
ADDRESSEE = "data-gb-addressee"  # to whom a report is sent
SIGNED = "data-gb-signed"  # who sends it, and when

OWN = "gongbao"  # the category among the properties of a Word document that this program made

# An element of a role in APART stands apart from the text before it. In an element of a role in PARTED the children
# do: in a list those of its items, in a table its cells.
APART = frozenset({"data-gb-apart", MARK})
PARTED = frozenset({"data-gb-parted", META, CARDS})

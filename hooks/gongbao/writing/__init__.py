"""New records for writers: a single one, one that continues another, or all those that a unit usually reports.

In: the archive, and what was asked for. Out: `BlankRecord`, and the text of its file.
May import: `importing` and below.
"""

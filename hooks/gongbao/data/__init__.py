"""The open data: every published record, figure, commitment and version as rows and as files.

In: an archive. Out: JSON and CSV files, as an `Output`.
May import: `archive` and below.
"""

"""The open data: every published record, figure and commitment as rows and as files.

In: an archive. Out: the text of JSON and CSV files by address.
May import: `archive` and below.
"""

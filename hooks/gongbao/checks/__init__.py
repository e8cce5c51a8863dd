"""Checks across the fields of a record and across records: one small module for each matter, all in `registry`.

In: a record with the word lists, or the whole archive. Out: problems. Each rule in ``rules/`` has its texts beside it.
The other checks belong to the record format, and their texts stand in the catalogue.
May import: `archive` and below.
"""

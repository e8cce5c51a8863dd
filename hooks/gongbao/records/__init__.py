"""What records and word lists consist of: periods, dates, units of measure, numbers, fields, models.

In: the text of one file. Out: immutable values, each field with its place in the file.
May import: `problems`.
"""

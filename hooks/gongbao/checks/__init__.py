"""What is checked across fields and records once they are read, and what the rules say to people.

In: a record with the word lists, or the whole archive. Out: problems.
May import: `archive` and below.
"""

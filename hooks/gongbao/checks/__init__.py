"""What is checked across fields and records once they are read: one small module a matter, all in `registry`.

In: a record with the word lists, or the whole archive. Out: problems. In ``rules/`` each rule has its texts beside it;
those of the other checks, which belong to the record format, stand in the catalogue.
May import: `archive` and below.
"""

"""What git knows of the records: the days of their first and last commits, and earlier versions of them.

In: a project folder. Out: days by path, a folder with earlier files, or whether git keeps a folder at all.
May import: nothing else of the program.
"""

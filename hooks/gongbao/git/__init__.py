"""What git knows of the records: the days of their first and last commits, and earlier versions of them.

In: a project folder. Out: days by path, or a folder with earlier files.
May import: nothing else of the program.
"""

"""What git knows of the records: when files were first seen and last changed, and how they were earlier.

In: a project folder. Out: days by path, or a folder with earlier files.
May import: nothing else of the program.
"""

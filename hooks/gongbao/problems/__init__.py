"""What is wrong, where, and in which words: problems as values, reports of them, and every text that people read.

In: a rule, a place in a file, what was written. Out: `Problem`, and reports for people, JSON, code hosts and terminals.
Decided here: every sentence (``catalogue.yml``), and which names and values a record may use (`names`).
May import: nothing else of the program.
"""

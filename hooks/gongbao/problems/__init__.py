"""Problems as values, reports of them, and every text that people read.

In: a rule, a place in a file, what was written. Out: `Problem`, and reports for people, programs and code hosts.
Decided here: every sentence (``catalogue.yml``), and which names and values a record may use (`names`).
May import: nothing else of the program.
"""

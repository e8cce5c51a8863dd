"""All records of a site in order, and what follows from them: promises and outcomes, series, the register, bulletins.

In: records and word lists. Out: `Archive`, and `Derived` with what is reckoned from it once.
Decided here: the address of every page and file (`addresses`), and the order of records (`ordering`).
May import: `text` and below.
"""

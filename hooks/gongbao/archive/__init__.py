"""All records of a site in order, and all that follows from them: promises, series, the register, bulletins.

In: records and word lists. Out: `Archive`, and `Derived` with everything that is computed from it once.
Decided here: the address of every page and file (`addresses`), and the order of records (`ordering`).
May import: `text` and below.
"""

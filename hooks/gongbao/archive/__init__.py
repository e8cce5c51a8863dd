"""All records of a site in order, and what follows from them: promises and outcomes, series, the register, bulletins.

In: records and word lists. Out: `Archive` and views of it, each reckoned once; and the address of every page.
May import: `text` and below.
"""

"""A record's words and numbers as readers see them: Markdown becomes safe HTML, figures and dates become words.

In: values of `records`. Out: text, and HTML without a page around it.
Decided here: how a number, a date and a figure are printed (`display`), and the roles ``data-gb-…`` (`roles`).
May import: `records` and below.
"""

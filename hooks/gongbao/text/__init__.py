"""A record's words and numbers as its readers see them: Markdown made safe HTML, figures and dates in words.

In: values of `records`. Out: text, and HTML without a page around it.
May import: `records` and below.
"""

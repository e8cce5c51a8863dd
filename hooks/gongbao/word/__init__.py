"""Bulletins as Word documents, made of the very HTML of their pages.

In: a bulletin's rendered page. Out: the bytes of a .docx; those that are kept in the cache, as an `Output`.
May import: `markdown` and below.
"""

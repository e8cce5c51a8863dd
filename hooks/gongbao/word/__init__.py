"""Bulletins as Word documents, made of the very HTML of their pages.

In: a bulletin's rendered page. Out: the bytes of a .docx.
May import: `markdown` and below.
"""

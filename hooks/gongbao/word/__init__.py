"""Bulletins as Word documents, made of the very HTML of their pages.

In: a bulletin's manuscript. Out: the bytes of a .docx.
May import: `manuscripts` and below.
"""

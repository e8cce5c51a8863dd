"""Bulletins as PDF to be archived (PDF/A-2a, PDF/UA-1), made of the very HTML of their pages.

In: a bulletin's manuscript. Out: the bytes of a .pdf. WeasyPrint, which makes them, is an optional dependency.
May import: `manuscripts` and below.
"""

"""What documents of bulletins are made from, whatever their kind, and the cache of those that were made.

In: a bulletin's rendered page. Out: its manuscript; the documents that are kept in the cache, as an `Output`.
May import: `markdown` and below.
"""

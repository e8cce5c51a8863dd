"""Charts as inline SVG, made at build time: no script, both colour schemes, print, and a file of its own for each.

In: values by period, and the words around a chart. Out: a `Chart`, or `Multiples`, which draw themselves in a page and
as a file. They know numbers and words alone, and nothing of records. May import: `text`, `problems`.
"""

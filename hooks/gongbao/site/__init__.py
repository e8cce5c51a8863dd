"""The folder of a built site: what of the previous site stands, and the exchange of the two in one step.

In: files by name, each with its key. Out: the site's folder, always a whole one.
May import: `cache`, `problems`, `output`.
"""

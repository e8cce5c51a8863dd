"""The folder of a built site: the next site is made beside the one that stands, and the two change places in one step.

In: every `Output`, that is files by name, each with its key. Out: the site's folder, always a whole one.
May import: `cache`, `output`.
"""

"""Pages made HTML by templates: each page's part, without the frame that a host puts around it.

In: an archive, templates, and what a host puts around a page. Out: an `Edition`, that is the archive laid out as pages,
each with a key of all that it depends on; the pages' HTML; and their files as an `Output`.
May import: `publishing` and below.
"""

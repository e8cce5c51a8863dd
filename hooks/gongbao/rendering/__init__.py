"""Pages made HTML by templates: each page's part, without the frame that a host puts around it.

In: an archive laid out, that is an `Edition`, and a frame. Out: HTML by page, a key of all that each page depends on,
and the pages' files as an `Output`.
May import: `publishing` and below.
"""

"""Pages made HTML by templates: each page's part, without the frame that a host puts around it.

In: pages. Out: HTML by page, and a key of all that each depends on.
May import: `publishing` and below, `cache`, `parallel`.
"""

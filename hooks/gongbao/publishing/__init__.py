"""What a site has for other programs than a browser: heads of pages, schema.org, feeds, pictures, attachments, robots.

In: pages, and where and when they are published; the models, for editors. Out: what stands in a page's head, and files
as `Output` values. Feeds are given the HTML of pages by whoever renders them.
May import: `pages`, `reading` and below.
"""

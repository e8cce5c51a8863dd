"""What a site tells other programs than a browser: heads of pages, schema.org, feeds, pictures, robots.

In: pages and where they are published. Out: texts and pictures by address.
May import: `pages` and below.
"""

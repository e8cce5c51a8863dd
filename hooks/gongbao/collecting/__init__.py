"""Subordinate sites: what they publish is fetched, held against its manifest, kept for builds, and added up.

In: the sites of ``content/sites.yml``. Out: the folder ``collected/``, and `archive.collected.Collected` of it.
May import: `data`, `search` and below. Only ``engine.py`` knows a database, and imports it when it is asked to add up.

``gongbao collect`` calls `collection.collect` for each site. It keeps two things in ``collected/ID/``: ``data/``, the
files of the site's data package that it took last, byte for byte; and ``state.json``, what became of the site since
when and why, with all that builds need of its data. Data that are not in order are not taken: those that were taken
before stay.

Builds call `kept_sites.load_collected` (`project.read` does), which reads the ``state.json`` of all sites and nothing
else, and never fails: they ask neither the network nor git. The value is ``Archive.collected``;
``Collected.increments`` go into `archive.rollup.roll_up` beside this site's own statements (``Derived.rollup``).
"""

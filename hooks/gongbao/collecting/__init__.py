"""Subordinate sites: what they publish is collected and added up.

In: the increments of sites, this site's own statements. Out: the increments of every unit with all units below it.
May import: `data` and below. Only ``engine.py`` knows a database, and imports it when it is asked to add up.
"""

"""The editor at ``/edit/``: a form for records in the browser, made from the models and the word lists.

In: the archive, and the periods that have a folder. Out: the page, its form and its scripts, as an `Output`. The editor
itself is Sveltia CMS, which ``scripts/setup.sh editor`` bundles. `assets/record-format.js` reads and writes records as
`records.canonical` does.
May import: `pages`, `reading` and below.
"""

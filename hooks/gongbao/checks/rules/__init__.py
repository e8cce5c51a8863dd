"""The rules of the gate. Each has a module, and its texts for people in a YAML file of the same name beside it.

Below the rule's name this file has ``severity`` (``error`` if it is left out), maybe ``limit`` (a number that a site
may set otherwise), ``zh`` and ``en`` (message, expected, hint, as in the catalogue), ``about`` (what the rule looks for
and why, for the guide), ``wrong`` (the text of a record that breaks the rule) and ``right`` (the same, corrected).
"""

"""The rules of the gate, one module each; what a rule says to people stands in the YAML file of its name beside it.

Such a file has the rule's name, and below it ``severity`` (error unless said), ``zh`` and ``en`` (message, expected,
hint, as in the catalogue), ``about`` (what the rule looks for and why, for the writer's guide), ``wrong`` and
``right`` (the text of a record that breaks it, and the same mended).
"""

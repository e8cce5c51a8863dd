"""Gongbao: records of an organisation's work in, a site of half-yearly bulletins out.

Each package is a stage on the way of a record, or a kind of output; its docstring says what comes in and what goes out.
`project` reads a folder; `building` calls the stages one after the other, and lists the outputs.
"""

__version__ = "0.2.0"
GENERATOR = f"Gongbao {__version__}"  # as pages, data and manifest name it

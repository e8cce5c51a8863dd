"""The way from a report in Word to drafts of records: documents are read, and what they tell is taken apart.

In: the bytes of documents, and the word lists. Out: `Imported`, which is drafts and what became of every sign.
May import: `checks` and below.
"""

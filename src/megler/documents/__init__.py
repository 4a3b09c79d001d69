"""Files: what came in or was made, kept as it was, with its page count and a preview.

A **document** is one file with its digest; it never changes. Whose it is and who sees it is said by
the room that holds it (a case, an application): this room keeps it and serves it, asks nobody.
"""

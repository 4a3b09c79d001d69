"""What other systems hear of our cases, and tell us of theirs.

An **event** is something that happened with a case, numbered within it; a **subscription** is an
address that hears of events by signed **webhooks**; an **export** is everything of a kind as a file.
"""

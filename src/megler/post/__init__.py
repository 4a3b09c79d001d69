"""Messages out: an outbox whose rows are written with what they tell of, and sent afterwards.

A **message** is one e-mail to one address. It waits, is sent, is given up, or is kept here when no
mail server is set. It is marked sent after it went, so a crash may send it twice but never loses
it; its Message-ID stays the same, so that a second copy can be known as one.
"""

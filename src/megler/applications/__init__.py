"""The application: from a quote, through questions and signatures, to submission.

What the quote already knows is filled in and marked so. The rest is asked once, of the agent or of
the client by a private link. *Submitted* hands over to `cases`.
"""

"""What a person sees first: what needs a hand today, how my business stands, and the search.

It only reads the other rooms, always through `visible_to`. *Waiting* is one thing that needs
somebody's hand; its *urgency* is points with the reasons they came from.
"""

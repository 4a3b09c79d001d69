"""Tasks, and the business calendar they are counted in.

A **task** is one thing that somebody must do by a day: a person, or whoever of a role comes first.
It says what it is about, as the journal names things, and where that is shown.
"""

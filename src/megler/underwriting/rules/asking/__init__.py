"""Questions in plain words: what a question tells of a person, what it wants to know, the answer."""

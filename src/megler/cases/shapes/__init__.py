"""Cases as programs see them: what they send and what they get."""

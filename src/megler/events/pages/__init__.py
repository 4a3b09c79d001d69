"""Who hears of our events, and everything as a file."""

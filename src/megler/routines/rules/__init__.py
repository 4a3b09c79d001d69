"""What sets a routine off, what it then does, and by when each step of the work is promised."""

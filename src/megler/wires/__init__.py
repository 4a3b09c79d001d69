"""The only input and output with outsiders: a folder for each kind of wire."""

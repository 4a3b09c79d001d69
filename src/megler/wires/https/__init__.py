"""Carrying files to somebody else's address on the web."""

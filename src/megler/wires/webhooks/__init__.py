"""Telling somebody else's address on the web that something happened."""

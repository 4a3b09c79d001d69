"""Filling forms in, and having them signed."""

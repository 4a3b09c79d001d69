"""The business calendar."""

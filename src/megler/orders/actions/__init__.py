"""Placing orders, hearing what vendors say, and what people decide about both."""

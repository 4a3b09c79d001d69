"""Keeping what happened for others, delivering it, and letting them ask."""

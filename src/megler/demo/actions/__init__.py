"""Building the demo agency, step by step."""

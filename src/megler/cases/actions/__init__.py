"""What can be done with cases, by noun."""

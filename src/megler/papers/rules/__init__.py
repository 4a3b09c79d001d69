"""What decides about papers: pure functions over what was read in them."""

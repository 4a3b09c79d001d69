"""What stands in a proposal: which offers, why, and what its chart shows."""

"""Pure rules of forms."""

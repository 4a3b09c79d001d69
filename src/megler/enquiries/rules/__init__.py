"""What decides about enquiries. Pure."""

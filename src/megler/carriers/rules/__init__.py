"""What decides about editions: reading one, checking one, finding a figure in one. Pure."""

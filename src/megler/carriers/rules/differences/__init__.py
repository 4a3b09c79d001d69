"""What a guide says otherwise than the one before it."""

"""What agents do from their side, and what staff answer."""

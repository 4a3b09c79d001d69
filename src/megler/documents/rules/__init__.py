"""What files are taken, and what a file may be called."""

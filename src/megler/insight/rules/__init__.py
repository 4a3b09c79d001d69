"""What ranks, counts and reads words, from plain values only."""

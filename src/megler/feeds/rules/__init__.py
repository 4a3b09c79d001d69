"""What a carrier's file means: its columns, its words, whose case it is, and what follows."""

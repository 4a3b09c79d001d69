"""Taking carriers' files in, applying what they say, and settling what waits for somebody's word."""

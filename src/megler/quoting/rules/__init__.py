"""What quoting decides: who may buy what, and the premium."""

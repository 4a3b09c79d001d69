"""The chain that makes the journal tamper-evident."""

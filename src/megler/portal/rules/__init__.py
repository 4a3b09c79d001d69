"""What agents and clients are told: pure."""

"""What underwriting decides: facts, classes and requirements."""

"""What orders decide: what words say together, whose they are, authorisations, fees, readings."""

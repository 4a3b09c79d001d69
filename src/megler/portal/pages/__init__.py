"""The pages of agents and clients."""

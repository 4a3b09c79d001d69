"""Pricing and writing the demo's editions: pure functions from tables of mortality to files."""

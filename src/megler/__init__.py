"""Megler: the open platform that runs a brokerage general agency."""

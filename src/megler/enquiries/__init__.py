"""Informal enquiries: one summary without names to several carriers, their answers compared, one applied for."""

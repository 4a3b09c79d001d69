"""Vendors of the demo and of tests: they take orders over real HTTPS and SFTP, and answer as vendors do.

Late, in parts, twice, out of turn, about somebody else, or not at all: as their `Habits` say, and the
same each time for the same seed. Their clock is the order's own: nothing waits.
"""

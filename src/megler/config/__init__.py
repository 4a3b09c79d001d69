"""Wiring: settings, URLs, the API's root, hand-overs between rooms, and what starts the product."""

"""Instant quotes: eligible products priced from the editions in effect, saved and replayed."""

"""Rate books as editions: term life, whole life and final expense, group, health."""

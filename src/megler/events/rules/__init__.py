"""How webhooks are signed and retried, and what they say: pure."""

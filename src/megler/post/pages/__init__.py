"""The outbox, deliveries and trading partners."""

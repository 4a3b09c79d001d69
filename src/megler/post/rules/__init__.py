"""How often and for how long sending is tried."""

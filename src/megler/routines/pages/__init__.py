"""Routines, promises, queues, and who is in when."""

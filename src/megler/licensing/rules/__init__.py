"""What decides in this room; no Django, clock or I/O."""

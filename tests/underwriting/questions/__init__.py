"""Questions as agents type them, and how the reader of questions does on them."""

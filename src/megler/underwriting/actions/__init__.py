"""What this room does: answers, and the days that it is told."""

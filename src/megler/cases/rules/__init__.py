"""Where a case is, who has it, what may be done next; and the same of each requirement."""

"""Writing messages and sending them; delivering files to trading partners."""

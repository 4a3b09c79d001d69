"""A book of many lives: its columns and rows as facts, and its offers as rows."""

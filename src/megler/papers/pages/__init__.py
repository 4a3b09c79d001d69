"""The pages of this room: thin edges over its actions."""

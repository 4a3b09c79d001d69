"""What a person can do with quotes, proposals and quote links."""

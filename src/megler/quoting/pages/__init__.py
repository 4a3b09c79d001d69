"""The pages of quotes, proposals and quote links."""

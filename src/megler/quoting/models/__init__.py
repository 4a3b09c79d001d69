"""Saved quotes, proposals made from them, and the quote links of agents' own sites."""

from megler.quoting.models.quotes import Quote, QuoteQuerySet

__all__ = ["Quote", "QuoteQuerySet"]

"""Saved quotes, proposals made from them, and the quote links of agents' own sites."""

from megler.quoting.models.links import Lead, LeadQuerySet, LinkDay, QuoteLink, QuoteLinkQuerySet
from megler.quoting.models.proposals import (
    Proposal,
    ProposalLink,
    ProposalLinkQuerySet,
    ProposalQuerySet,
)
from megler.quoting.models.quotes import Quote, QuoteQuerySet

__all__ = [
    "Lead",
    "LeadQuerySet",
    "LinkDay",
    "Proposal",
    "ProposalLink",
    "ProposalLinkQuerySet",
    "ProposalQuerySet",
    "Quote",
    "QuoteLink",
    "QuoteLinkQuerySet",
    "QuoteQuerySet",
]

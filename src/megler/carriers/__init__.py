"""Carriers, their products and what they publish: rate books and underwriting guides.

Words: an *edition* is what a carrier publishes and later replaces; a *table* is a set of figures
addressed by facts; a *chart* bounds weight by height and class; a *grid* says which requirements
an age and an amount call for. The format is described in docs/editions.md.
"""

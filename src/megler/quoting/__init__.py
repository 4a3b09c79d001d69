"""The rating engine: facts and rate books in, offers cheapest first and refusals with reasons out.

Words: a *book* is a rate book edition ready to price from; an *offer* is one product, term and
plan priced for one person; *not offered* is a product with every reason why not.
"""

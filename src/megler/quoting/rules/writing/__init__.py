"""Writing the published answer of a quote straight from compiled prices, without an object an offer.

`templates` turns a plan into the pieces of its offer's JSON and the whole-number steps between them,
`kernel` fills them in for every offer of a life, `offers` lays templates out for a market's view.
What has no template is written by `quoting.rules.answer`, and reads the same.
"""

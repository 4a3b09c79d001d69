"""The compiled market: every plan of every book laid out so that a life reads its prices in runs.

A rate is an address computed from the facts, not a row searched for. `programme` turns a product's
steps into exact whole-number operations, `outcomes` a guide's classes into rows, `blocks` a book
into matrices of cells with its plans side by side, `views` chooses the plans that a wish is about,
`kernel` prices lives, `pricing` is what others call. Whatever does not compile is left to the
exact engine, `quoting.rules.offering`: never wrong, only slower.
"""

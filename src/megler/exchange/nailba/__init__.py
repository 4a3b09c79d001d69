"""NAILBA 800: orders to vendors as records of 250 columns, and the same records as XML.

A file is a header, **records** for each order (billing, contract, insured, services, address, doctor)
and a trailer. A **layout** says in which columns a record's fields stand. Published are those of
`$$HDR`, `$A`, `0A`, `1A` and `2A`; those of the others are each partner's own, and never guessed.
"""

"""Sign-in, roles, and who may see what.

A **user** is a person who signs in, in one **role**. What each role may do stands in `rules.roles`,
and nowhere else; whose records a person sees is said by each model's `visible_to`. Applicants
have no user: they come by a signing link. Values of other people's private life are kept in
`encryption`'s fields.
"""

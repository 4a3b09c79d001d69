"""Forms: what is asked, what is missing, filling, signatures. Used by contracting and applications.

A **questionnaire** is data: *sections* of *questions*, printed on *forms*, each signed by its
*signers*. **Good order** is the list of what still keeps it from being sent. A **paper** is a form
filled in, as bytes with a hash; a **signature request** asks one signer, by a private link or signed
in, to sign the papers that concern them. What a signer was shown is what is signed, or it is void.
"""

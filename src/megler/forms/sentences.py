"""What the room's problems say. `where` is the question; pages put its short text there."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SENTENCES = {
    "answer_missing": _("%(where)s: not answered yet."),
    "unreadable": _("%(where)s: what was typed cannot be read."),
    "in_the_future": _("%(where)s: %(found)s lies in the future."),
    "too_long_ago": _("%(where)s: %(found)s is more than %(expected)s years ago."),
    "zip_not_in_state": _("%(where)s: ZIP code %(found)s does not lie in %(expected)s."),
    "shares_not_100": _("%(where)s: the shares must make %(expected)s; found %(found)s."),
    "replacement_disagrees": _(
        "%(where)s: the answer on replacement and the list of policies in force disagree."
    ),
    "answers_disagree": _("%(where)s: the answer is %(found)s; elsewhere it is %(expected)s."),
    "age_out_of_range": _("%(where)s: makes an age of %(found)s; expected %(expected)s."),
    "before_birth": _("%(where)s: %(found)s lies before the date of birth, %(expected)s."),
    "out_of_range": _("%(where)s: %(found)s is out of range; expected %(expected)s."),
    "same_as": _("%(where)s: “%(found)s” is given for two different people."),
    "class_disagrees": _("%(where)s: nicotine is used now, but the class quoted is %(expected)s."),
    "amount_high": _("%(where)s: %(found)s is much for the income; up to %(expected)s is usual."),
    "minor_owner": _(
        "%(where)s: the insured is %(found)s years old; somebody else must own the policy."
    ),
    "group_missing": _("%(where)s: nobody is named as “%(expected)s”."),
    "told_twice": _("%(where)s: “%(found)s” stands there twice."),
    "build_impossible": _(
        "%(where)s: %(found)s lb at %(expected)s in cannot be; one of the two is mistyped."
    ),
    "no_interest": _(
        "%(where)s: “%(found)s” is no insurable interest by itself. Say what the owner would lose."
    ),
    "medication_unexplained": _(
        "%(where)s: %(found)s is usually taken for %(expected)s, of which nothing is told."
    ),
    "form_not_yet": _("%(where)s: edition %(found)s may be signed from %(expected)s only."),
    "form_stale": _("%(where)s: edition %(found)s was accepted until %(expected)s."),
    "signature_missing": _("%(where)s: not signed by the %(found)s."),
    "wrong_type": _("%(where)s: found “%(found)s”, expected %(expected)s."),
    "unknown_key": _("%(where)s: “%(found)s” is not known. Known: %(expected)s."),
    "too_long": _("%(where)s: at most %(expected)s characters."),
    "too_many": _("%(where)s: %(found)s entries; at most %(expected)s."),
    "not_a_date": _("%(where)s: “%(found)s” is not a date. Write %(expected)s."),
    "not_an_amount": _("%(where)s: “%(found)s” is not an amount. Write %(expected)s."),
    "not_a_whole_number": _("%(where)s: “%(found)s” is not a whole number. Write %(expected)s."),
    "not_a_percentage": _("%(where)s: “%(found)s” is not a percentage. Write %(expected)s."),
    "not_a_choice": _("%(where)s: “%(found)s” is not one of %(expected)s."),
    "not_yes_or_no": _("%(where)s: “%(found)s” is neither yes nor no."),
    "not_an_ssn": _("%(where)s: that cannot be a Social Security number. Write %(expected)s."),
    "not_a_phone": _("%(where)s: “%(found)s” is not a telephone number. Write %(expected)s."),
    "not_an_email": _("%(where)s: “%(found)s” is not an e-mail address. Write %(expected)s."),
    "not_a_state": _("%(where)s: “%(found)s” is not a state. Write %(expected)s."),
    "not_a_zip": _("%(where)s: “%(found)s” is not a ZIP code. Write %(expected)s."),
    "not_a_routing_number": _(
        "%(where)s: “%(found)s” is not a bank's routing number, such as %(expected)s."
    ),
    "not_an_account_number": _("%(where)s: that is not an account number (%(expected)s)."),
    "not_a_tax_id": _(
        "%(where)s: “%(found)s” is not a taxpayer identification number, such as %(expected)s."
    ),
    "not_a_height": _("%(where)s: “%(found)s” is not a height. Write %(expected)s."),
    "link_signed": _("This link has been used: %(where)s has signed."),
    "link_declined": _("This link has been used: %(where)s chose not to sign."),
    "link_voided": _("This link is no longer good; a newer one may have been sent to %(where)s."),
    "link_expired": _("This link for %(where)s has expired."),
    "link_unknown": _("There is no such link."),
    "birth_date_differs": _("That is not the date of birth we have. Tries left: %(expected)s."),
    "birth_date_missing": _("Say your date of birth."),
    "code_missing": _("Type the code that we sent by e-mail."),
    "code_differs": _("That is not the code of the newest e-mail. Tries left: %(expected)s."),
    "code_dead": _("That code was typed wrong too often. Ask for a new one."),
    "code_expired": _("That code is older than %(expected)s minutes. Ask for a new one."),
    "code_not_sent": _("That code has been used. Ask for a new one."),
    "code_too_soon": _("A code was sent just now. Ask for another in %(expected)s seconds."),
    "code_too_many": _("Too many codes were sent for this link. Ask your agent for a new link."),
    "not_identified": _("Say first who you are: the code that we send by e-mail tells."),
    "drawing_too_small": _("Draw your whole signature."),
    "drawing_too_large": _("The drawing is too long to be kept. Clear it and draw it again."),
    "drawing_unreadable": _("The drawing cannot be read. Clear it and draw it again."),
    "scan_pages_missing": _("%(where)s: of its %(expected)s pages the scan lacks %(found)s."),
    "scan_not_signed": _("%(where)s: the box of the %(found)s is empty on the scan."),
    "scan_without_papers": _("The scan shows no form that the %(expected)s signs."),
    "nobody_signs_so": _("%(where)s: nobody signs in this role here."),
    "seal_key_unusable": _(
        "The key that seals cannot be used (%(where)s: %(found)s). Tell who runs this installation."
    ),
    "seal_clock_silent": _(
        "The clock that confirms the time of sealing did not answer (%(found)s). Nothing was "
        "submitted; try again."
    ),
    "seal_failed": _("The packet could not be sealed (%(found)s). Nothing was submitted."),
    "seal_missing": _("%(where)s has no seal."),
    "seal_many": _("%(where)s has %(found)s signatures; a sealed packet has one."),
    "seal_changed": _("%(where)s was changed after it was sealed."),
    "seal_not_trusted": _("%(where)s: the certificate of the seal was not good when it sealed."),
    "seal_not_ours": _("%(where)s was sealed by somebody else: %(found)s, not %(expected)s."),
    "seal_not_whole": _("%(where)s: the seal does not cover the whole file."),
    "seal_allows_changes": _("%(where)s: the seal lets the file be changed; ours does not."),
    "seal_time_changed": _("%(where)s: the time stamp in the seal was changed."),
    "seal_unreadable": _("%(where)s cannot be read as a sealed PDF (%(found)s)."),
    "place_missing": _("Say in which city and state you sign."),
    "name_not_typed": _("Type your full name: %(expected)s."),
    "name_differs": _("“%(found)s” is not the name of the signer. Type: %(expected)s."),
    "consent_missing": _("Tick that you agree to sign electronically."),
    "papers_changed": _(
        "The papers changed while you read them. Look at them again below, then sign."
    ),
    "not_your_turn": _("%(where)s cannot sign yet: %(expected)s signs first."),
    "already_signed": _("%(where)s has signed already."),
    "reason_missing": _("Say in a few words why."),
}

VERBS = {
    "signature.requested": _("asked for a signature on"),
    "signature.opened": _("opened the signing link of"),
    "signature.given": _("signed"),
    "signature.declined": _("did not sign"),
    "signature.voided": _("voided a signature on"),
    "signature.code_sent": _("sent a signer's code for"),
    "signature.mistaken": _("was not recognised as the signer of"),
    "signature.identified": _("was recognised as a signer of"),
    "signature.reminded": _("reminded a signer of"),
    "signature.expired": _("let a signing link expire for"),
}
"""What the journal's lines say between who did it and on what."""

PHRASES = (
    _("MM/DD/YYYY"),
    _("text"),
    _("a list"),
    _("a table"),
    _("yes, no"),
    _("yes"),
    _("no"),
    _("#–# digits"),
    _("a question of this form"),
    _("a certificate that was not good then"),
    _("no PDF"),
    _("no key with a certificate"),
    pgettext_lazy("not signed by the", "insured"),
    pgettext_lazy("not signed by the", "owner"),
    pgettext_lazy("not signed by the", "payor"),
    pgettext_lazy("not signed by the", "agent"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""

"""What this room's problems say. `where` is the enquiry, carrier, paper or field."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "enquiry_already": _("%(where)s: nothing was changed, it is “%(found)s” already."),
    "enquiry_not_possible": _("%(where)s: that is not possible while it is “%(found)s”."),
    "enquiry_day_over": _("%(where)s: %(found)s is over; expected %(expected)s."),
    "enquiry_class": _(
        "%(where)s: the carrier has no class “%(found)s”; its classes are %(expected)s."
    ),
    "enquiry_closed": _("%(where)s is closed."),
    "enquiry_no_line": _("Say which line of business is asked for: found “%(found)s”."),
    "enquiry_other_line": _(
        "%(where)s is of another line of business (%(found)s) than the enquiry (%(expected)s)."
    ),
    "enquiry_too_many": _("%(found)s products are too many for one enquiry; at most %(expected)s."),
    "enquiry_sent_already": _(
        "%(where)s: what was sent stays as it is. Start another enquiry to ask anew."
    ),
    "enquiry_no_carrier": _("Choose at least one carrier that has not been asked yet."),
    "enquiry_nobody": _(
        "Say whose enquiry %(where)s is first: a name that nobody here knows cannot be kept out of "
        "what goes to carriers."
    ),
    "enquiry_names_client": _("%(where)s: its words tell who the client is. It may not go out."),
    "enquiry_no_document": _("%(where)s: there is no document to send."),
    "enquiry_not_redacted": _("%(where)s: only a redacted paper may go out; say that it is one."),
    "enquiry_no_authorisation": _(
        "%(where)s: name the client's HIPAA authorisation that allows it to go out."
    ),
    "enquiry_authorisation_over": _("%(where)s: the authorisation ended on %(found)s."),
    "enquiry_evidence_here": _("%(where)s has come in already."),
    "enquiry_not_waiting": _("%(where)s owes no answer to an e-mail."),
    "enquiry_no_offer": _("%(where)s has made no offer to take."),
    "enquiry_offer_over": _("%(where)s: the offer ran out on %(found)s; ask for it anew."),
    "enquiry_reason_missing": _("Say why it is closed."),
}

VERBS = {
    "enquiry.started": _("started"),
    "enquiry.changed": _("changed"),
    "enquiry.client_named": _("named the client of"),
    "enquiry.carriers_added": _("added carriers to"),
    "enquiry.carrier_dropped": _("left a carrier out of"),
    "enquiry.sent": _("sent"),
    "enquiry.sent_again": _("sent again"),
    "enquiry.opened": _("opened"),
    "enquiry.received": _("recorded that a carrier looks at"),
    "enquiry.answered": _("recorded a carrier's answer to"),
    "enquiry.offer_ran_out": _("found an offer run out of"),
    "enquiry.evidence_wanted": _("put up evidence for"),
    "enquiry.evidence_received": _("recorded evidence for"),
    "enquiry.enclosed": _("enclosed a paper with"),
    "enquiry.left_out": _("left a paper out of"),
    "enquiry.chosen": _("chose an offer of"),
    "enquiry.thanked": _("thanked a carrier for"),
    "enquiry.withdrawn": _("withdrew a carrier from"),
    "enquiry.closed": _("closed"),
    "enquiry.case_opened": _("opened a case from"),
}
"""What the journal's lines say between who did it and on what."""

PHRASES = (
    _("what they need"),
    _("a class or a table"),
    _("the extra per 1,000 a year"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""

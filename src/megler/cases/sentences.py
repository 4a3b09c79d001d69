"""What this room's problems say. `where` is the case or field, `found` what stands there."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "case_already": _("%(where)s: nothing was changed, this was done already (%(found)s)."),
    "case_not_possible": _(
        "%(where)s: “%(expected)s” is not possible now; the status is “%(found)s”."
    ),
    "case_not_in_good_order": _("%(where)s: confirm that the application is in good order first."),
    "case_no_offer": _("%(where)s: there is no counter-offer to answer."),
    "case_not_approved": _("%(where)s: the carrier has not approved it (%(found)s)."),
    "case_delivery_open": _("%(where)s: %(found)s delivery requirements are still to come in."),
    "case_premium_missing": _("%(where)s: the first premium has not come in."),
    "case_premium_already": _("%(where)s: the first premium is recorded already."),
    "case_in_the_future": _("%(where)s: %(found)s has not come yet; expected %(expected)s."),
    "case_in_the_past": _("%(where)s: %(found)s is over already; expected %(expected)s."),
    "case_offer_differs": _(
        "%(where)s is %(found)s, applied for was %(expected)s: that is “approved other than applied”."
    ),
    "case_reason_missing": _("Say why: the reason stays with the case."),
    "requirement_already": _("%(where)s: nothing was changed, it is “%(found)s” already."),
    "requirement_not_possible": _(
        "%(where)s: “%(expected)s” is not possible while it is “%(found)s”."
    ),
    "requirement_reason_missing": _("%(where)s: say why; the reason stays with it."),
    "requirement_case_closed": _("%(where)s is finished; reopen it first."),
    "note_empty": _("Write the note first."),
    "document_not_here": _("%(found)s is not a document of this case."),
}

VERBS = {
    "case.opened": _("opened"),
    "case.review_started": _("started the review of"),
    "case.in_good_order": _("found in good order"),
    "case.returned": _("returned to the agent"),
    "case.resubmitted": _("submitted again"),
    "case.sent_to_carrier": _("sent to the carrier"),
    "case.received_by_carrier": _("recorded the carrier's receipt of"),
    "case.in_underwriting": _("recorded the underwriting of"),
    "case.decided": _("recorded the decision on"),
    "case.offer_accepted": _("recorded the offer as accepted on"),
    "case.offer_refused": _("recorded the offer as refused on"),
    "case.issued": _("recorded the issue of"),
    "case.delivered": _("recorded the delivery of"),
    "case.first_premium": _("recorded the first premium of"),
    "case.in_force": _("put in force"),
    "case.closed": _("closed"),
    "case.reopened": _("reopened"),
    "requirement.added": _("added a requirement to"),
    "requirement.ordered": _("ordered a requirement of"),
    "requirement.scheduled": _("recorded an appointment for"),
    "requirement.received": _("recorded an arrival for"),
    "requirement.sent_to_carrier": _("sent a requirement to the carrier for"),
    "requirement.accepted": _("recorded a requirement as accepted for"),
    "requirement.rejected": _("rejected a requirement of"),
    "requirement.waived": _("waived a requirement of"),
    "requirement.cancelled": _("cancelled a requirement of"),
    "requirement.expired": _("found a requirement too old on"),
    "requirement.followed_up": _("put up a follow-up for"),
    "note.added": _("wrote a note on"),
    "document.added": _("added a document to"),
}
"""What the journal's lines say between who did it and on what."""

PHRASES = (
    _("case"),
    _("task"),
    _("the person to insure"),
    _("why"),
    _("the carrier's policy number"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""

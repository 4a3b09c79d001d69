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

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
    "case_policy_differs": _(
        "%(where)s: in %(found)s points the policy is not as it was to be; settle them first."
    ),
    "case_not_lapsed": _("%(where)s: only a lapsed policy is put in force again."),
    "case_requirements_open": _("%(where)s: %(found)s requirements are still to come in."),
    "change_not_open": _("%(where)s is “%(found)s”: reopen it before you change it."),
    "change_after_delivery": _(
        "%(where)s: %(expected)s is not changed here once the policy is delivered (%(found)s); "
        "ask the carrier, or apply anew."
    ),
    "change_unknown_key": _("%(where)s is not part of this change; expected %(expected)s."),
    "change_nothing": _("Nothing is changed: it is so already."),
    "change_other_carrier": _(
        "%(where)s: “%(found)s” is no product of %(expected)s; "
        "with another carrier it is a new application."
    ),
    "shares_not_whole": _("%(where)s: the shares make %(found)s, not %(expected)s per cent."),
    "split_size": _("A case is shared by 1 to 10 agents, not %(found)s."),
    "split_twice": _("%(where)s: this agent stands there twice (%(found)s)."),
    "split_unknown_agent": _("%(where)s: no agent %(found)s is known here."),
    "split_not_of_record": _(
        "The agent of record, %(expected)s, comes first; "
        "change the agent of record by its own action."
    ),
    "party_already": _("%(found)s is insured in %(expected)s already."),
    "alert_empty": _("Write what everybody must see."),
    "alert_over": _("%(where)s: this alert has ended already."),
    "set_empty": _("Name the set, and at least one requirement in it."),
    "set_nothing_new": _("Nothing was added: all of “%(found)s” is open in the case already."),
    "rule_says_nothing": _("Say days, whom to ask, or how long it stays valid."),
    "policy_nothing": _("%(where)s has not been issued: there is no policy to record."),
    "policy_settled": _("%(where)s: this was settled already (%(found)s)."),
    "delivery_no_email": _("Say to which e-mail address the policy goes."),
    "delivery_no_policy": _("%(where)s: put the policy's document into the case first."),
    "delivery_no_birth": _(
        "%(where)s: no date of birth is known that would open the policy; send it by courier."
    ),
    "delivery_no_tracking": _("Say the courier's tracking number."),
    "delivery_over": _("This link no longer opens; ask for a new one."),
    "delivery_name": _("Write your name as it stands here: %(expected)s."),
    "delivery_not_born": _("This is not the date of birth that the policy names."),
    "case_reason_missing": _("Say why: the reason stays with the case."),
    "requirement_already": _("%(where)s: nothing was changed, it is “%(found)s” already."),
    "requirement_not_possible": _(
        "%(where)s: “%(expected)s” is not possible while it is “%(found)s”."
    ),
    "requirement_reason_missing": _("%(where)s: say why; the reason stays with it."),
    "requirement_case_closed": _("%(where)s is finished; reopen it first."),
    "note_empty": _("Write the note first."),
    "document_replaced": _(
        "%(where)s: somebody has changed this document meanwhile. Look at its newest version first."
    ),
    "case_unknown": _("There is no case %(found)s that you may see."),
    "case_link_itself": _("%(where)s: %(found)s cannot be linked with itself."),
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
    "case.carrier_said": _("told something new about"),
    "case.policy_numbered": _("gave a policy number to"),
    "case.terms_changed": _("changed what is approved of"),
    "case.set_back": _("undid a change from the carrier of"),
    "case.linked": _("linked"),
    "case.unlinked": _("unlinked"),
    "case.changed": _("changed the terms or people of"),
    "case.change_told": _("told the carrier of a change to"),
    "case.split": _("settled the agents of"),
    "case.insured_added": _("added an insured to"),
    "case.alert_raised": _("raised an alert on"),
    "case.alert_ended": _("ended an alert on"),
    "case.policy_received": _("recorded the policy of"),
    "case.difference_accepted": _("accepted a difference in the policy of"),
    "case.difference_returned": _("sent back to be corrected the policy of"),
    "case.policy_sent": _("sent the policy of"),
    "case.policy_opened": _("opened the policy of"),
    "case.policy_receipt": _("signed for the policy of"),
    "case.reinstatement_asked": _("recorded that reinstatement was asked for on"),
    "case.reinstated": _("put in force again"),
    "requirement.added": _("added a requirement to"),
    "requirement.set_added": _("added a set of requirements to"),
    "requirement.ordered": _("ordered a requirement of"),
    "requirement.scheduled": _("recorded an appointment for"),
    "requirement.received": _("recorded an arrival for"),
    "requirement.sent_to_carrier": _("sent a requirement to the carrier for"),
    "requirement.accepted": _("recorded a requirement as accepted for"),
    "requirement.rejected": _("rejected a requirement of"),
    "requirement.waived": _("waived a requirement of"),
    "requirement.cancelled": _("cancelled a requirement of"),
    "requirement.expired": _("found a requirement too old on"),
    "requirement.given_back": _("took a requirement back from its vendor for"),
    "requirement.papers_added": _("added papers to a requirement of"),
    "requirement.asked": _("asked for a requirement of"),
    "requirement.followed_up": _("put up a follow-up for"),
    "rule.kept": _("kept the rule"),
    "rule.dropped": _("took away the rule"),
    "requirement_set.kept": _("kept the set of requirements"),
    "note.added": _("wrote a note on"),
    "document.added": _("added a document to"),
    "document.changed": _("changed a document of"),
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

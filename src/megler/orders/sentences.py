"""What this room's problems, reasons and journal entries say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "order_nothing": _("Choose what to order."),
    "order_carriers_own": _(
        "%(found)s: the carrier orders this itself; it is followed here, never ordered."
    ),
    "order_not_a_vendors": _("%(found)s does not come from a vendor."),
    "order_vendor_does_not": _("%(expected)s does not do: %(found)s."),
    "order_vendor_not_there": _("%(expected)s does not work in %(found)s."),
    "order_vendor_not_in_use": _("%(found)s is not in use."),
    "order_vendor_taken": _("The short name %(found)s belongs to another vendor."),
    "order_partner_missing": _("%(found)s needs a trading partner in use, to whom its files go."),
    "order_code_missing": _(
        "The vendor's code for “%(found)s” is not known here: enter it with the vendor."
    ),
    "order_not_now": _("%(expected)s cannot be ordered while it is “%(found)s”."),
    "order_facility_missing": _("Say whose records are wanted."),
    "order_authorisation_missing": _(
        "A signed authorisation is needed before records are asked for."
    ),
    "order_authorisation_no_document": _("The authorisation has no document."),
    "order_authorisation_not_yet": _(
        "The authorisation is dated %(found)s, which has not come yet."
    ),
    "order_authorisation_revoked": _("The authorisation was revoked on %(found)s."),
    "order_authorisation_expired": _("The authorisation could be used until %(found)s."),
    "order_authorisation_scope": _("The authorisation covers %(found)s, not %(expected)s."),
    "order_authorisation_facility": _("The authorisation is for another facility."),
    "order_authorisation_own_form": _("%(expected)s wants its own form of authorisation."),
    "order_authorisation_other": _("The authorisation is another client's."),
    "order_message_size": _("A message of %(found)s bytes is not taken; expected %(expected)s."),
    "order_message_other": _("%(where)s: %(found)s is no message about an order (%(expected)s)."),
    "order_message_empty": _("The message holds nothing."),
    "order_code_line": _("%(where)s: “%(found)s” cannot be read; write it as “%(expected)s”."),
    "order_code_event": _("%(where)s: “%(found)s” is none of: %(expected)s."),
    "order_kind_line": _("%(where)s: “%(found)s” cannot be read; write it as “%(expected)s”."),
    "order_reason_missing": _("Say why: the reason stays with it."),
    "order_ended": _("%(where)s has ended: %(found)s."),
    "order_fee_decided": _("%(where)s: no fee waits for a decision (%(found)s)."),
    "order_word_decided": _("This was decided already: %(found)s."),
    "order_other_person": _(
        "The message does not fit %(expected)s. Look at its papers, and say so if it is this person."
    ),
    "order_other_vendor": _("This order is %(found)s's, the message another vendor's."),
    "order_requirement_is_settled": _("%(where)s is settled; nothing more is taken for it."),
    "nailba_layout_line": _("%(where)s: “%(found)s” cannot be read; write it as “%(expected)s”."),
    "nailba_layout_columns": _("%(where)s: columns %(found)s do not lie within %(expected)s."),
    "nailba_layout_overlap": _("%(where)s: %(found)s lies over another field (%(expected)s)."),
    "nailba_no_layout": _(
        "%(where)s: the columns of record %(found)s are not known; enter the vendor's own."
    ),
    "nailba_no_column": _("%(where)s: there is no column for %(found)s."),
    "nailba_too_long": _("%(where)s: “%(found)s” does not fit into %(expected)s."),
    "nailba_not_ascii": _("%(where)s: “%(found)s” has signs that the format does not have."),
    "nailba_record_unknown": _("%(where)s: “%(found)s” begins no known record."),
    "nailba_cut": _("%(where)s: the file ends after %(found)s, without its record %(expected)s."),
    "nailba_root": _("%(where)s is not a NAILBA 800 file."),
}

REASONS = {
    "order_unknown": _("No order of ours has these numbers."),
    "order_several": _("Several of our orders have these numbers."),
    "order_other_name": _("The name is another."),
    "order_no_name": _("Results came without a name."),
    "order_other_birth": _("The date of birth is another: %(found)s instead of %(expected)s."),
    "order_other_ssn": _("The Social Security number ends otherwise."),
    "order_other_kind": _("It is about something else than was ordered."),
    "order_file_not_taken": _("A file of it could not be taken."),
    "order_was_cancelled": _("The order was cancelled."),
    "order_was_replaced": _("A newer order has taken its place."),
    "order_requirement_settled": _("The requirement is settled."),
    "order_case_closed": _("The case is finished."),
    "order_same_requirement": _("the same requirement number"),
    "order_same_number": _("the same order number"),
    "order_same_name": _("the same name"),
    "order_same_birth": _("the same date of birth"),
    "order_same_ssn": _("the same end of the Social Security number"),
    "order_same_kind": _("the same kind"),
    "order_still_open": _("still open"),
}
"""Why a word waits in the tray, and what speaks for and against a proposal."""

VERBS = {
    "order.placed": _("placed an order for"),
    "order.cancelled": _("cancelled an order for"),
    "order.asked": _("asked a vendor about an order for"),
    "order.changed": _("changed an order for"),
    "order.heard": _("noted a vendor's word on"),
    "order.posted": _("posted an order for"),
    "order.fee_asked": _("asked a fee for"),
    "order.fee_approved": _("approved a fee for"),
    "order.fee_refused": _("refused a fee for"),
    "order.word_assigned": _("said whose message it was, for"),
    "order.word_set_aside": _("set a message aside from"),
    "vendor.added": _("took on"),
    "vendor.changed": _("changed"),
    "vendor.account_kept": _("kept an account with"),
    "vendor.key_made": _("made a key for"),
    "facility.added": _("put into the directory"),
    "facility.changed": _("changed in the directory"),
    "authorisation.kept": _("noted an authorisation for"),
    "authorisation.revoked": _("noted a revoked authorisation for"),
    "authorisation.term_kept": _("set how long authorisations hold:"),
    "fee.limit_kept": _("set a limit of fees:"),
    "aps.checked": _("checked records of"),
}

TIMELINE = {
    "order.placed": _("placed order %(number)s with %(vendor)s"),
    "order.cancelled": _("cancelled order %(number)s with %(vendor)s"),
    "order.asked": _("asked %(vendor)s about order %(number)s"),
    "order.changed": _("changed order %(number)s with %(vendor)s"),
    "order.heard": _("noted what %(vendor)s said of order %(number)s"),
    "order.posted": _("posted order %(number)s to %(vendor)s"),
    "order.fee_asked": _("asks a fee of %(fee)s for order %(number)s"),
    "order.fee_approved": _("approved the fee of %(fee)s for order %(number)s"),
    "order.fee_refused": _("refused the fee of %(fee)s for order %(number)s"),
    "order.word_assigned": _("found that a message belongs to order %(number)s"),
    "authorisation.kept": _("recorded the authorisation signed %(signed_on)s"),
    "authorisation.revoked": _("recorded that an authorisation was revoked"),
    "aps.checked": _("checked what was read from the records"),
}
"""The same in the history of the case."""

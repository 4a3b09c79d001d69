"""What this room's problems, reasons and journal verbs say."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "sheet_empty": _("%(where)s is empty."),
    "sheet_broken": _("%(where)s cannot be opened (%(found)s); it may have been cut on its way."),
    "sheet_too_large": _("%(where)s is too large: %(found)s; expected %(expected)s."),
    "sheet_not_text": _("%(where)s is neither text nor a workbook; expected %(expected)s."),
    "sheet_cut": _("%(where)s was cut: its last row is not whole and was left out (%(found)s)."),
    "feed_layout_no_key": _(
        "Name a column that says whose the row is: the policy number, the carrier's "
        "application number, or name and date of birth."
    ),
    "feed_layout_nothing_told": _(
        "Name a column that says something of the case, such as its status."
    ),
    "feed_layout_doubled": _("Two columns are called “%(found)s”; only one can be."),
    "feed_column_renamed": _(
        "The column “%(expected)s” is called “%(found)s” now; it was read as before."
    ),
    "feed_column_new": _("The column “%(found)s” is new; it was left out."),
    "feed_column_gone": _("The column “%(expected)s” is not there any more."),
    "feed_columns_moved": _(
        "The columns stand in another order; they were read by their headings."
    ),
    "feed_sheet_left": _(
        "The sheet “%(where)s” was not read: its columns are not known. Name them once."
    ),
    "feed_no_key": _("%(where)s does not say whose it is: %(found)s."),
    "feed_no_records": _("%(where)s holds no record of any case."),
    "feed_day": _("%(where)s: “%(found)s” is not a day such as %(expected)s."),
    "feed_amount": _("%(where)s: “%(found)s” is not an amount such as %(expected)s."),
    "feed_mode_unknown": _("%(where)s: nobody knows how often “%(found)s” is."),
    "feed_status_unknown": _(
        "%(where)s: it is not known what “%(found)s” means. Say so once, and it is known."
    ),
    "feed_state_unknown": _(
        "%(where)s: it is not known what “%(found)s” means for a requirement. Say so once, and "
        "it is known."
    ),
    "feed_requirement_unknown": _(
        "%(where)s: it is not known which requirement “%(found)s” is. Say so once, and it is known."
    ),
    "feed_rows_disagree": _(
        "%(where)s says “%(found)s”, another row of the same case “%(expected)s”; the later "
        "was taken."
    ),
    "feed_more": _("%(found)s more problems are not listed."),
    "feed_not_iri": _("%(where)s is no application status as IRI writes it (%(found)s)."),
    "feed_transaction": _("%(where)s is “%(found)s”; only %(expected)s are read here."),
    "feed_source_off": _("%(where)s is not in use."),
    "feed_slug_taken": _("There is a source called “%(found)s” already."),
    "feed_settled_already": _(
        "%(where)s: nothing was changed, this was settled already (%(found)s)."
    ),
    "feed_no_way": _(
        "%(where)s: from “%(found)s” there is no way to “%(expected)s” yet; do what lacks on "
        "the case first."
    ),
    "feed_newer_change": _(
        "%(where)s cannot be undone: something newer stands upon it (%(found)s)."
    ),
    "feed_newer_requirement": _(
        "%(where)s cannot be undone: work has begun on what came with it (%(found)s)."
    ),
    "feed_number_needed": _(
        "%(where)s cannot be undone while the case is “%(found)s”; undo that first."
    ),
    "feed_cannot_undo": _("%(where)s cannot be undone here; change it on the case %(found)s."),
    "feed_other_person": _(
        "The number is that of %(found)s, whose client is %(expected)s; the row speaks of "
        "%(where)s."
    ),
    "feed_no_agent": _("%(where)s: no new case, because no agent is known as “%(found)s”."),
    "feed_no_product": _("%(where)s: no new case, because no product is known as “%(found)s”."),
    "feed_no_person": _(
        "%(where)s: no new case without the insured's whole name and date of birth."
    ),
}

REASONS: dict[str, "str | Promise"] = {
    "feed_other_policy": _("the case has the policy number %(policy)s"),
    "feed_offer_differs": _("what is offered is not what was applied for"),
    "feed_issued_already": _("the policy is issued already"),
    "feed_case_closed": _("the case is closed"),
    "feed_case_over": _("the case is finished"),
    "feed_case_with_us": _("here the application has not been sent to the carrier"),
    "feed_closes": _("it would close the case"),
    "feed_backwards": _("it would take the case back"),
    "feed_newer_refusal": _("the carrier has refused it since"),
    "feed_no_way": _("there is no way there from where the case is"),
    "feed_stops": _("something lacks on the way there"),
    "feed_asks_again": _("it is settled here"),
    "feed_same_name": _("same name"),
    "feed_like_name": _("name much alike (%(name)s)"),
    "feed_same_birth": _("same date of birth"),
    "feed_like_birth": _("date of birth much alike (%(born)s)"),
    "feed_other_birth": _("another date of birth (%(born)s)"),
    "feed_same_product": _("same product"),
    "feed_like_policy": _("policy number much alike (%(policy)s)"),
    "feed_other_number": _("another number (%(policy)s)"),
    "feed_column_is_new": _("new since the last edition"),
    "feed_column_called": _("it is called so"),
    "feed_column_looks": _("it looks like one"),
    "feed_column_not": _("but what stands there does not look like one"),
    "feed_column_other_better": _("another column fits better"),
}

VERBS = {
    "feed.received": _("received the carrier's file"),
    "feed.refused": _("could not read the carrier's file"),
    "feed.applied": _("took over the carrier's file"),
    "feed.accepted": _("accepted what the carrier's file said of"),
    "feed.refused_change": _("refused what the carrier's file said of"),
    "feed.matched": _("said whose a row is in the carrier's file"),
    "feed.set_aside": _("set a row aside in the carrier's file"),
    "feed.source_made": _("noted down the source"),
    "feed.source_changed": _("changed the source"),
    "feed.layout_settled": _("named the columns of the source"),
}


def reason(code: str, params: dict[str, Any]) -> str:
    """A reason in words."""
    text = REASONS.get(code)
    if text is None:
        return code
    try:
        return str(text) % params
    except KeyError:
        return _now("something lacks on the way there")

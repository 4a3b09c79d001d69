"""What this room's problems say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "paper_settled": _("%(where)s: nothing was changed. %(expected)s was here first: %(found)s."),
    "paper_other_birth_date": _(
        "%(where)s: the paper says born %(found)s, the case says %(expected)s. It is not filed there."
    ),
    "paper_reason_missing": _("Say why it belongs to no case; the reason stays with it."),
    "paper_no_parts": _(
        "%(where)s cannot be cut at page %(found)s; expected pages of %(expected)s."
    ),
    "paper_plan_parts": _("Found %(found)s parts; expected %(expected)s, each with a page."),
    "paper_not_here": _("%(where)s: %(found)s is not a document of this case that can be changed."),
    "paper_no_case": _("Choose the case first."),
    "paper_mail_broken": _("%(where)s is no e-mail: found %(found)s, expected %(expected)s."),
    "paper_mail_deep": _("%(where)s: parts in parts, more than %(expected)s deep."),
    "paper_mail_many": _("%(where)s has more than %(expected)s parts."),
    "paper_mail_no_files": _("%(where)s carries no file that can be taken."),
    "paper_hold": _("%(where)s is under a legal hold: nothing of it is destroyed."),
    "paper_hold_lifted": _("%(where)s: the hold was lifted already."),
    "paper_same_person": _(
        "%(where)s: you agreed to it yourself. Another person must approve it (%(found)s)."
    ),
    "paper_destruction_step": _("%(where)s: nothing was changed; it is “%(found)s” already."),
    "paper_rule_there": _("There is a rule for exactly this already; end it first."),
    "paper_ask_nobody": _("Choose at least one requirement to ask for."),
    "paper_ask_changed": _(
        "%(where)s has come in or was settled meanwhile: look at the letters again."
    ),
}

VERBS = {
    "paper.arrived": _("received"),
    "paper.filed": _("filed"),
    "paper.set_aside": _("set aside"),
    "paper.taken_back": _("took back"),
    "paper.cut": _("cut into parts"),
    "paper.mail": _("received by e-mail"),
    "hold.placed": _("placed a legal hold on"),
    "hold.lifted": _("lifted the legal hold on"),
    "retention.rule_made": _("made the retention rule"),
    "retention.rule_ended": _("ended the retention rule"),
    "destruction.proposed": _("proposed for destruction"),
    "destruction.agreed": _("agreed to the destruction of"),
    "destruction.approved": _("approved the destruction of"),
    "destruction.refused": _("refused the destruction of"),
    "destruction.done": _("destroyed"),
}
"""What the journal's lines say between who did it and on what."""

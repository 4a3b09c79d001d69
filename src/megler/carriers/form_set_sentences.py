"""What the problems of form sets say."""

from django.utils.translation import gettext_lazy as _

FORM_SET_SENTENCES = {
    "not_a_form_set": _("%(where)s: %(found)s is not %(expected)s."),
    "not_toml": _("%(where)s: not TOML: %(found)s"),
    "not_allowed_value": _("%(where)s: “%(found)s” is not one of %(expected)s."),
    "list_without_fields": _("%(where)s: found %(found)s; expected %(expected)s."),
    "masked_in_list": _(
        "%(where)s: %(found)s is masked and cannot be in a list; make it %(expected)s."
    ),
    "choice_without_choices": _("%(where)s: found %(found)s; expected %(expected)s."),
    "part_missing": _("%(where)s: there is no section “%(found)s”; there are %(expected)s."),
    "question_missing": _("%(where)s: there is no question “%(found)s”; expected %(expected)s."),
    "form_missing": _("%(where)s: there is no form “%(found)s”; there are %(expected)s."),
    "condition_in_circle": _(
        "%(where)s opens by “%(found)s”, which opens by %(where)s; name %(expected)s."
    ),
    "unless_not_plain": _("%(where)s: “%(found)s” can be given with %(expected)s only."),
    "too_deep": _("%(where)s: alternatives %(found)s deep; at most %(expected)s."),
    "pdf_encrypted": _("%(where)s is encrypted; expected %(expected)s."),
    "pdf_has_xfa": _("%(where)s holds XFA, which few readers show; expected %(expected)s."),
    "pdf_without_fields": _("%(where)s has no %(expected)s."),
    "not_a_pdf": _("%(where)s cannot be read as a PDF (%(found)s)."),
    "pdf_not_filled": _("%(where)s cannot be filled (%(found)s); expected %(expected)s."),
    "too_many_pages": _("%(where)s has %(found)s pages; expected %(expected)s."),
    "field_missing": _("%(where)s: the PDF has no field “%(found)s”; it has %(expected)s."),
    "field_not_filled": _("%(where)s: nothing fills the PDF's field “%(found)s”."),
    "signature_place_missing": _(
        "%(where)s: the %(found)s signs this form, but no field says where; expected %(expected)s."
    ),
    "never_printed": _("%(where)s: no field of the form “%(found)s” takes the answer."),
}

FORM_SET_PHRASES = (
    _("a PDF whose fields take answers"),
    _("a PDF without password"),
    _("an AcroForm without XFA"),
    _("fields to fill"),
    _("a field"),
    _("a form set"),
    _("a row"),
    _("a format of docs/forms.md"),
    _("a name such as pdf/a.pdf"),
    _("the form's number as printed"),
    _("where the payor's link goes"),
    _("a question asked before"),
    _("a question of its own"),
    _("a question of this form set"),
    _('a whole number, or a text such as "#"'),
    _("a date such as #"),
    _("a list of texts"),
    _("a list of tables"),
    _("a list of values"),
    _("a table of question = [values]"),
    _("a table of value = text"),
    _("choices, and only for a choice"),
    _("fields, and only for a list"),
    _("min, max, item or none"),
)
"""What stands in their parts."""

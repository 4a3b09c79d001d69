"""The quote page's fields. What is typed is read by `rules.entry`; nothing is refused here."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.carriers.names import CLASS_NAMES, LINE_NAMES
from megler.carriers.rules.products import Ask, AskKind
from megler.quoting.rules.tools.catalogue import OfLine
from megler.quoting.rules.wanted import PLANNED
from megler.underwriting.fields import (
    UNKNOWN,
    YES_NO,
    PersonFields,
    chosen,
    day,
    several,
    typed,
)
from megler.vocabulary.codes import JURISDICTIONS, Line

BY = [("amount", _("Price of an amount")), ("budget", _("Amount for a budget"))]
PARTNER = [
    ("", _("not insured")),
    ("each", _("a policy of their own")),
    ("one", _("both on one policy")),
]
WINDOWS = [
    UNKNOWN,
    ("open_enrolment", _("open enrolment")),
    ("guaranteed_issue", _("guaranteed issue")),
    ("none", _("neither")),
]
MODES = [
    ("monthly", _("Monthly")),
    ("quarterly", _("Quarterly")),
    ("semiannual", _("Half-yearly")),
    ("annual", _("Yearly")),
]


class QuoteForm(PersonFields):
    """What is wanted and for whom. The lines' own choices come from what is sold (`sold`)."""

    agent_npn = typed(_("For agent (producer number)"), "", inputmode="numeric")
    line = chosen(_("Line of business"), [])
    by = forms.ChoiceField(
        label=_("Find"), required=False, choices=BY, widget=forms.RadioSelect, initial="amount"
    )
    face_amount = typed(_("Amount"), "500k", inputmode="text")
    budget = typed(_("Budget"), "80", inputmode="decimal")
    benefit_monthly = typed(_("Benefit a month"), "4000", inputmode="text")
    premium = typed(_("Deposit"), "100k", inputmode="text")
    term_years = chosen(_("Term"), [])
    annuity_years = chosen(_("Guaranteed for"), [])
    payout = chosen(_("Income"), [])
    qualified = chosen(_("Retirement money (qualified)"), YES_NO)
    elimination_days = chosen(_("Waiting period"), [])
    benefit_years = chosen(_("Paid for"), [])
    inflation = chosen(_("Inflation growth"), [])
    mode = chosen(_("Show premium"), MODES)
    jurisdiction = chosen(_("State"), [UNKNOWN, *JURISDICTIONS.items()])
    zip = typed("ZIP", "75001", inputmode="numeric")
    county = typed(_("County"), "Collin")
    occupation = typed(_("Occupation"), "electrician")
    income_annual = typed(_("Income a year"), "90000", inputmode="text")
    benefit_in_force = typed(_("Disability income in force, a month"), "", inputmode="text")
    part_b_date = day(_("Part B begins"))
    enrolment_window = chosen(_("Enrolment"), WINDOWS)
    household = chosen(_("Another of the household has it too"), YES_NO)
    children = typed(_("Ages of children"), "12, 9, 4")
    partner = chosen(_("Spouse or partner"), PARTNER)
    partner_amount = typed(_("Amount for the partner"), "", inputmode="text")
    also_line = chosen(_("Also quote"), [])
    also_amount = typed(_("Amount"), "", inputmode="text")
    also_term_years = chosen(_("Term"), [])
    table = typed(_("Table (1–16, A–P)"), "", inputmode="text")
    flat_extra = typed(_("Flat extra per 1,000 a year"), "", inputmode="decimal")
    flat_extra_years = typed(_("for years (else for good)"), "", inputmode="numeric")

    def __init__(self, sold: Mapping[Line, OfLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sold = sold
        lines = [(line.value, LINE_NAMES[line]) for line in sold]
        self._choose("line", [("", _("All lines")), *lines])
        self._choose("also_line", [("", _("nothing else")), *lines])
        self._choose("term_years", _years(sold, Line.TERM_LIFE, _("All terms")))
        self._choose("also_term_years", _years(sold, Line.TERM_LIFE, _("All terms")))
        self._choose("annuity_years", _years(sold, Line.ANNUITY, _("All")))
        for name, unit in (("payout", ""), ("elimination_days", _("%s days"))):
            self._choose(name, _values(sold, name, unit))
        self._choose("benefit_years", _values(sold, "benefit_years", _("%s years")))
        self._choose("inflation", _values(sold, "inflation", "%s %%"))
        codes = dict.fromkeys(code for of in sold.values() for code in of.classes)
        named = [(code, CLASS_NAMES.get(code, _spaced(code))) for code in codes]
        self.fields["class"] = chosen(_("Class"), [("", _("by the guides")), *named])
        for name, field in PersonFields.base_fields.items():
            if name not in {"history", "family"} and not name.startswith("family_"):
                self.fields[f"partner_{name}"] = copy(field)
        for line, of in sold.items():
            self._of_line(line, of)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def counties(self, names: Sequence[str]) -> None:
        """Ask for the county by its name out of a few, because the ZIP code lies in all of them."""
        field = chosen(_("County"), [("", _("which one?")), *((name, name) for name in names)])
        self.fields["county"] = field

    def _of_line(self, line: Line, of: OfLine) -> None:
        if of.plans:
            plans = [("", _("All plans")), *((plan, _spaced(plan)) for plan in of.plans)]
            self.fields[f"plan_{line}"] = chosen(_("Plan"), plans)
        if of.riders:
            riders = [(rider.code, rider.name) for rider in of.riders]
            self.fields[f"riders_{line}"] = several(_("Riders"), riders)
            for code, name in riders:
                label = _("Amount of %(rider)s") % {"rider": name}
                self.fields[f"rider_amount_{line}_{code}"] = typed(label, _("usual amount"))
        for ask in of.asks:
            self.fields[f"ask_{line}_{ask.name}"] = _asked(ask)

    def _riders(self, line: Line, riders: forms.BoundField) -> list[tuple[Any, forms.BoundField]]:
        """Each rider's checkbox with the field of its own amount."""
        return [
            (choice, self[f"rider_amount_{line}_{choice.data['value']}"])
            for choice in riders.subwidgets
        ]

    @property
    def of_lines(self) -> list[dict[str, Any]]:
        """For each line its own fields: plan, riders and the products' questions."""
        told = []
        for line in self.sold:
            asks = [self[name] for name in self.fields if name.startswith(f"ask_{line}_")]
            plan = f"plan_{line}" if f"plan_{line}" in self.fields and line in PLANNED else None
            riders = f"riders_{line}" if f"riders_{line}" in self.fields else None
            told.append(
                {
                    "line": line.value,
                    "plan": self[plan] if plan else None,
                    "riders": self._riders(line, self[riders]) if riders else [],
                    "asks": asks,
                }
            )
        return told


def _asked(ask: Ask) -> forms.Field:
    """The field for a product's own question."""
    if ask.kind is AskKind.CHOICE:
        first = ("", _("usual: %(value)s") % {"value": ask.default} if ask.default else "—")
        return chosen(ask.label, [first, *((v, _spaced(v)) for v in ask.values)])
    example = ask.default or ("" if ask.low is None else f"{ask.low:f}")
    return typed(ask.label, example, inputmode="decimal")


def _years(sold: Mapping[Line, OfLine], line: Line, every: object) -> list[tuple[str, Any]]:
    terms = sold[line].terms if line in sold else ()
    return [("", every), *((str(n), _("%(years)s years") % {"years": n}) for n in terms)]


def _values(sold: Mapping[Line, OfLine], name: str, unit: Any) -> list[tuple[str, Any]]:
    """The values that are sold in any line."""
    found = dict.fromkeys(v for of in sold.values() for v in of.choices.get(name, ()))
    return [
        ("", _("usual")),
        *((v, str(unit) % v if unit and v.isdigit() else _spaced(v)) for v in found),
    ]


def _spaced(code: str) -> str:
    """A carrier's code as people read it."""
    return code.replace("_", " ").replace("-", " ") if code.islower() else code

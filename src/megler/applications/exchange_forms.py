"""The forms in which exchanges are told of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.applications.models_exchanges import Exchange
from megler.applications.replacement_sentences import CONTRACT_NAMES
from megler.applications.rules.existing import ExistingPolicy

_ANSWERS = [("", _("Not known yet")), ("yes", _("Yes")), ("no", _("No"))]


def _said(label: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_ANSWERS, required=False, **more)


def _dollars(label: Any, **more: Any) -> forms.CharField:
    """An amount; read by the rules, so that a page and a program are told the same."""
    box = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=20, required=False, widget=box, **more)


class ExchangeForm(forms.Form):
    """What is known of an exchange. Everything may be left open; what section 1035 wants is told."""

    carrier_name = forms.CharField(label=_("Existing insurer"), max_length=200)
    policy_number = forms.CharField(label=_("Policy number"), max_length=64)
    source_kind = forms.ChoiceField(
        label=_("Kind of policy"), choices=[(c.value, name) for c, name in CONTRACT_NAMES.items()]
    )
    carrier_address = forms.CharField(
        label=_("Address for exchanges"), max_length=400, required=False
    )
    expected = _dollars(_("Amount expected"))
    cost_basis = _dollars(_("Cost basis"))
    loan = _dollars(_("Loan outstanding"))
    loan_carried = _said(_("Is the loan carried over?"))
    same_owner = _said(_("Is the owner the same before and after?"))
    same_insured = _said(_("Is the insured or annuitant the same?"))
    is_direct = _said(_("Does the money go straight from insurer to insurer?"))
    is_qualified = _said(_("Is it money of an IRA or a qualified plan?"))
    is_partial = _said(_("Only a part of the value?"))
    is_mec = _said(_("Is the old policy a modified endowment contract?"))
    in_payout = _said(_("Does the annuity pay an income already?"))
    joint_from = _said(_("Does the old policy insure two lives?"))
    joint_to = _said(_("Does the new policy insure two lives?"))
    survivor_only = _said(_("Has one of the two insureds died?"))
    into_several = _said(_("Is it split into several new policies?"))
    ltc_is_qualified = _said(_("Is the new long-term care contract a qualified one?"))
    payments_from_old = forms.DateField(
        label=_("The old endowment pays from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    payments_from_new = forms.DateField(
        label=_("The new endowment pays from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    FIRST = (
        "carrier_name", "policy_number", "source_kind", "carrier_address", "expected", "cost_basis",
        "loan", "loan_carried",
    )  # fmt: skip
    FACTS = ("same_owner", "same_insured", "is_direct", "is_qualified")
    RARE = (
        "is_partial", "is_mec", "in_payout", "joint_from", "joint_to", "survivor_only",
        "into_several", "ltc_is_qualified", "payments_from_old", "payments_from_new",
    )  # fmt: skip

    def raw(self) -> dict[str, Any]:
        """What was sent, as the rules read it; what was left as usual is the usual."""
        found = {name: self.data.get(name, "") for name in self.fields}
        found |= {"in_force": "yes", "to_us_insurer": "yes"}
        return found if found["in_payout"] else found | {"in_payout": "no"}


def as_initial(exchange: Exchange) -> dict[str, Any]:
    """What the form holds when an exchange is corrected."""
    facts = exchange.facts
    said = {key: "yes" if value else "no" for key, value in facts.items() if value in (True, False)}
    return {
        **said,
        "carrier_name": exchange.carrier_name,
        "policy_number": exchange.policy_number,
        "source_kind": exchange.source_kind,
        "carrier_address": exchange.carrier_address,
        "expected": exchange.expected or "",
        "cost_basis": exchange.cost_basis or "",
        "loan": exchange.loan or "",
        "joint_from": "yes" if facts.get("lives_from") == 2 else "",
        "joint_to": "yes" if facts.get("lives_to") == 2 else "",
        "payments_from_old": facts.get("payments_from_old"),
        "payments_from_new": facts.get("payments_from_new"),
    }


def of_policy(policy: ExistingPolicy | None) -> dict[str, Any]:
    """What the application knows already of an exchange of this policy."""
    if policy is None:
        return {}
    return {
        "carrier_name": policy.company,
        "policy_number": policy.number,
        "source_kind": policy.kind or "life",
        "expected": policy.cash_value or "",
        "loan": policy.loan or "",
    }

"""What replacement, exchanges under section 1035 and receipts for money say to people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from megler.applications.rules.exchanges import Contract, Way
from megler.applications.rules.replacement_table import By
from megler.forms.rules.questionnaire import Purpose, SignerRole
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Reason

SENTENCES: dict[str, "str | Promise"] = {
    "form_not_on_file": _(
        "%(expected)s asks for a %(found)s, and these forms hold none. Ask the carrier for it."
    ),
    "replacement_by_policy": _(
        "Nothing is replaced, it says, yet %(found)s gives way. Change one of the two answers."
    ),
    "replacement_by_funds": _(
        "Nothing is replaced, it says, yet existing insurance pays premiums. Change one of the two "
        "answers."
    ),
    "replacement_by_exchange": _(
        "Nothing is replaced, it says, yet an exchange under section 1035 is under way. Change the "
        "answer, or cancel the exchange."
    ),
    "exchange_paper_missing": _(
        "An exchange under section 1035 is meant, and the packet holds no paper for it. Say of that "
        "policy that it is exchanged; if the paper is still missing, ask the carrier for its own."
    ),
    "funds_used": _(
        "No money of existing insurance is used, it says, yet %(found)s is drawn upon. Change one of "
        "the two answers."
    ),
    "money_not_allowed": _(
        "No money may be taken with this application; it is cash on delivery. Give the money back and "
        "answer no. See “Replacement and money” for the reasons."
    ),
    "money_left_open": _(
        "Whether money may be taken with this application is left open. Answer what “Replacement and "
        "money” names, or give the money back and answer no."
    ),
    "money_too_little": _("%(found)s was paid; with this receipt at least %(expected)s is needed."),
    "money_rule_unknown": _(
        "Whether this carrier lets money be taken is not known here. Ask the carrier before you take it."
    ),
    "not_csv": _("%(where)s cannot be read as CSV: %(found)s."),
    "column_missing": _("The column %(where)s is missing. The columns are: %(expected)s."),
    "column_unknown": _("The column %(where)s is not known. The columns are: %(expected)s."),
    "cells_uneven": _("%(where)s does not have %(expected)s cells."),
    "cell_empty": _("%(where)s is empty; expected %(expected)s."),
    "not_days": _("%(where)s: “%(found)s” is not a number of days. Write %(expected)s."),
    "duplicate_row": _("%(where)s: %(found)s with the same day stands more than once."),
    "exchange_once": _("An exchange of %(found)s is under way already."),
    "exchange_closed": _("The exchange of %(where)s is closed: %(found)s."),
    "exchange_not_sent": _("Send the request for %(where)s first."),
    "exchange_sent": _("The request for %(where)s was sent already."),
    "exchange_field_missing": _("%(where)s is missing."),
    "exchange_amount": _("%(where)s: “%(found)s” is not an amount of dollars above 0."),
    "exchange_day": _("%(where)s: “%(found)s” is not a day from %(expected)s."),
    "exchange_line": _("There is no exchange under section 1035 into %(found)s."),
    "exchange_staff_only": _("Only the agency's staff may say that; tell them what you know."),
    "exchange_policy_invalid": _("%(where)s: choose one of %(expected)s."),
    "nothing_replaced": _("No policy is replaced, as the application tells it."),
    "table_empty": _("There is no row in the table."),
}

_EXCHANGE: dict[str, "str | Promise"] = {
    "exchange_kind_covered": _("This kind of contract may become the other without tax."),
    "exchange_kind_not_covered": _("This kind of contract can never become the other without tax."),
    "exchange_ltc_qualified": _("The long-term care contract must be a qualified one."),
    "exchange_payments_unknown": _("The days on which the endowments begin to pay are not known."),
    "exchange_payments_later": _(
        "The new endowment begins to pay on %(found)s, later than the old one on %(expected)s."
    ),
    "exchange_owner_differs": _("The owner must be the same before and after."),
    "exchange_insured_differs": _("The insured or annuitant must be the same before and after."),
    "exchange_lives_differ": _("The old policy insures %(found)s, the new one %(expected)s lives."),
    "exchange_survivor": _("One of two insureds has died; the survivor stays insured."),
    "exchange_qualified_money": _("Money of a qualified plan or an IRA is no 1035 exchange."),
    "exchange_not_direct": _(
        "The money must go from insurer to insurer. What passes through the owner's hands is taxed; "
        "60 days do not help."
    ),
    "exchange_foreign_insurer": _("The new insurer must be one of the United States."),
    "exchange_not_in_force": _("The old policy must be in force."),
    "exchange_in_payout": _("The annuity pays an income already; few insurers let it go."),
    "exchange_into_several": _("One policy into several: no published rule covers it."),
    "exchange_into_several_annuities": _("One annuity into several counts as one for the tax."),
    "exchange_partial_life": _("Only an annuity can be exchanged in part."),
    "exchange_partial_ltc": _("A part of an annuity into long-term care: no settled rule."),
    "exchange_partial_taken": _(
        "Money was taken on %(found)s, before %(expected)s: the exchange in part is undone."
    ),
    "exchange_partial_wait": _(
        "Nothing may be taken from either annuity for %(found)s days after the transfer."
    ),
    "exchange_partial_until": _("Nothing may be taken from either annuity before %(expected)s."),
    "exchange_loan_open": _("There is a loan of $%(found)s: will it be carried over or paid off?"),
    "exchange_loan_carried": _(
        "The loan of $%(found)s is carried over; the new insurer must agree."
    ),
    "exchange_loan_boot": _("The loan of $%(found)s that ends is income, up to the gain."),
    "exchange_mec_stays": _("A modified endowment contract stays one."),
    "exchange_basis_carries": _("The cost basis of $%(found)s carries over."),
    "exchange_basis_unknown": _("The cost basis is not known; the old insurer must report it."),
}
SENTENCES |= _EXCHANGE

_REASONS: dict[str, "str | Promise"] = {
    **_EXCHANGE,
    "replacement_line_not_covered": _(
        "Replacement of this line of business has rules of its own, which are not held here. Ask the "
        "carrier."
    ),
    "replacement_state_unknown": _("The state is not answered yet."),
    "replacement_no_rule": _("No rule of %(state)s is held here. Ask the carrier."),
    "replacement_kind_exempt": _(
        "The rule of %(state)s leaves %(policy)s out: another kind of policy."
    ),
    "replacement_internal_exempt": _(
        "%(policy)s has the same or an affiliated insurer; the rule of %(state)s asks for the "
        "statements only."
    ),
    "replacement_form_always": _("With every application."),
    "replacement_form_existing": _("Because there is insurance or an annuity in force."),
    "replacement_form_replacing": _("Because existing insurance is replaced."),
    "replacement_not_answered": _("Whether anything is replaced is not answered yet."),
    "replacement_no_form_here": _("No form is known to be required here."),
    "replacement_not_confirmed": _(
        "Not confirmed: %(columns)s. Ask the carrier before you rely on it."
    ),
    "receipt_none": _("This carrier gives no receipt for money with the application."),
    "receipt_rule_unknown": _("The carrier's own forms are not held here. Ask the carrier."),
    "receipt_allowed": _("Amount, age, state and health answers allow it."),
    "receipt_line": _("Not for this line of business."),
    "receipt_state": _("Not in %(state)s."),
    "receipt_amount": _("$%(amount)s is applied for; at most $%(most)s is allowed."),
    "receipt_age": _("Age %(age)s; allowed are %(from)s to %(to)s."),
    "receipt_health": _("A health question was answered yes: %(question)s."),
    "receipt_state_unknown": _("The state is not answered yet."),
    "receipt_amount_unknown": _("The amount is not known yet."),
    "receipt_age_unknown": _("The date of birth is not answered yet."),
    "receipt_health_unknown": _("A health question is not answered yet: %(question)s."),
}

_WAYS: dict[Way, "str | Promise"] = {
    Way.KEEP_OR_SURRENDER: _("Keep the old contract, or surrender it and pay the tax."),
    Way.SAME_OWNER_APPLIES: _("Let the present owner apply, and change ownership apart from this."),
    Way.SAME_INSURED: _("Apply for a policy on the same life."),
    Way.ROLLOVER: _("Use a rollover or a direct transfer of the plan instead."),
    Way.ASSIGN_TO_INSURER: _("Assign the old policy to the new insurer, which asks for the money."),
    Way.WHOLE_POLICY: _("Exchange the whole policy."),
    Way.US_INSURER: _("Choose an insurer of the United States."),
    Way.EARLIER_PAYMENTS: _("Choose a day of first payment that is no later."),
    Way.WAIT: _("Wait with withdrawals until the days are over."),
    Way.REPAY_OR_CARRY_LOAN: _(
        "Ask both insurers whether the loan can be carried over, or repay it first."
    ),
    Way.ASK_CARRIER: _("Ask the carrier."),
    Way.ASK_TAX_ADVISER: _("Ask a tax adviser."),
    Way.TELL: "",
}

PURPOSE_NAMES: dict[Purpose, "str | Promise"] = {
    Purpose.REPLACEMENT_NOTICE: _("Notice regarding replacement"),
    Purpose.REPLACEMENT_DEFINITION: _("Definition of replacement"),
    Purpose.REPLACEMENT_DISCLOSURE: _("Disclosure statement"),
    Purpose.COMPARISON: _("Comparison"),
    Purpose.NOTICE_TO_INSURER: _("Statement to the existing insurer"),
    Purpose.EXCHANGE_1035: _("1035 exchange and assignment"),
    Purpose.CONDITIONAL_RECEIPT: _("Receipt"),
}
WHEN_SIGNED: dict[By, "str | Promise"] = {
    By.BEFORE_APPLICATION: _("before the application"),
    By.WITH_APPLICATION: _("with the application"),
    By.BEFORE_DELIVERY: _("before the policy is delivered"),
}
SIGNER_NAMES: dict[SignerRole, "str | Promise"] = {
    SignerRole.OWNER: _("Applicant"),
    SignerRole.INSURED: _("Proposed insured"),
    SignerRole.PAYOR: _("Payor"),
    SignerRole.AGENT: _("Agent"),
}
CONTRACT_NAMES: dict[Contract, "str | Promise"] = {
    Contract.LIFE: _("Life insurance"),
    Contract.ANNUITY: _("Annuity"),
    Contract.ENDOWMENT: _("Endowment"),
    Contract.LTC: _("Long-term care"),
}
HOW_NAMES: Mapping[str, "str | Promise"] = {
    "surrender": _("Surrendered"),
    "lapse": _("Left to lapse"),
    "reduce": _("Reduced or paid up"),
    "loan": _("A loan is taken on it"),
    "withdrawal": _("Money is withdrawn"),
    "exchange": _("Exchanged under section 1035"),
    "keep": _("Kept as it is"),
    "replaced": _("Replaced"),
}
LABELS: Mapping[str, "str | Promise"] = {
    "insurer": _("Insurer"),
    "number": _("Policy number"),
    "issued": _("Year of issue"),
    "amount": _("Amount"),
    "premium_annual": _("Premium a year"),
    "term_years": _("Term in years"),
    "cash_value": _("Cash value"),
    "surrender_charge": _("Surrender charge"),
    "loan": _("Loan outstanding"),
    "contestable_years_left": _("Years in which it can be contested, at most"),
    "free_look_days": _("Days in which it can be returned"),
}
"""The lines of a comparison."""
COLUMN_NAMES: Mapping[str, "str | Promise"] = {
    "effective_from": _("since when"),
    "replaces": _("what it covers"),
    "family": _("which forms"),
    "forms": _("which forms"),
    "asks": _("the questions"),
    "internal": _("replacement within one insurer"),
    "notice_days": _("days of the notice"),
    "notice_with": _("what goes with the notice"),
    "free_look_days": _("right to return"),
    "keep_years": _("years of record keeping"),
    "cite": _("the citation"),
}
PHRASES = (
    _("replacement notice"),
    _("replacement definition"),
    _("replacement disclosure"),
    _("comparison"),
    _("notice to insurer"),
    _("a text"),
)
"""What stands in a problem's parts, told in the reader's language."""


def reason_sentence(reason: Reason) -> str:
    """A reason in the reader's language; one without a sentence is told by its code."""
    text = _REASONS.get(reason.code)
    if text is None:
        return reason.code
    params = dict(reason.params)
    if "columns" in params:
        names = dict.fromkeys(str(COLUMN_NAMES[c]) for c in params["columns"].split(", "))
        params["columns"] = ", ".join(names)
    if "state" in params:
        params["state"] = _now(JURISDICTIONS.get(params["state"], params["state"]))
    return str(text) % params


def way_sentence(way: Way) -> str:
    """What can be done, in the reader's language; empty when there is nothing to do."""
    return str(_WAYS[way])

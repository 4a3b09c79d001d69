"""What an application must bring beside its answers: papers by the state's rule, a receipt for money.

The papers demanded are told to form sets as `demanded`, so that a form's condition may name them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from megler.applications.rules.existing import (
    answers_agree,
    existing_from,
    state_of,
    told_from,
)
from megler.applications.rules.receipt import (
    ReceiptAnswer,
    ReceiptFacts,
    money_problems,
    receipt_answer,
)
from megler.applications.rules.replacement import (
    ReplacementNeeds,
    papers_missing,
    replacement_needs,
)
from megler.applications.rules.replacement_table import RuleTable, standard_table
from megler.forms.rules.questionnaire import Purpose
from megler.forms.rules.receipt import ReceiptRule
from megler.vocabulary.ages import age_last
from megler.vocabulary.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Situation:
    """An application as these rules see it on the day `on`.

    `values` are its answers by question key, `offer` what was chosen of the quote, `receipt` the
    carrier's receipt rule; `is_known` says whether the carrier's own form set is used. `exchanges`
    counts the 1035 exchanges under way.
    """

    values: Mapping[str, Any]
    line: str
    on: date
    offer: Mapping[str, Any] = field(default_factory=dict)
    receipt: ReceiptRule | None = None
    is_known: bool = False
    exchanges: int = 0
    table: RuleTable = field(default_factory=standard_table)

    @property
    def listed(self) -> Mapping[str, Any]:
        """The answers, without policies in force where it was said that there are none."""
        if self.values.get("has_existing") != "no":
            return self.values
        return {key: value for key, value in self.values.items() if key != "existing_cover"}


def needs_of(situation: Situation, received_on: date | None = None) -> ReplacementNeeds:
    """What the state asks of the replacement, if there is one."""
    return replacement_needs(
        state_of(situation.values),
        situation.line,
        existing_from(situation.listed),
        told_from(situation.listed, situation.exchanges),
        situation.on,
        received_on=received_on,
        table=situation.table,
    )


def receipt_facts(situation: Situation) -> ReceiptFacts:
    """What the answer on money depends on."""
    values, offer = situation.values, situation.offer
    born = _day(values.get("insured_born"))
    known = born is not None and born <= situation.on
    questions = situation.receipt.questions if situation.receipt else ()
    return ReceiptFacts(
        line=situation.line,
        state=state_of(values),
        amount=_dollars(values.get("cover_face_amount") or offer.get("face_amount")),
        age=age_last(born, situation.on) if born and known else None,
        premium=_dollars(values.get("cover_premium") or offer.get("premium")),
        mode=str(values.get("cover_mode") or offer.get("mode") or ""),
        health={key: values.get(key) for key in questions},
        money_taken={"yes": True, "no": False}.get(str(values.get("money_with_application"))),
        money=_dollars(values.get("money_amount")),
        is_known=situation.is_known,
    )


def receipt_of(situation: Situation) -> ReceiptAnswer:
    """Whether money may be taken, and what for."""
    return receipt_answer(situation.receipt, receipt_facts(situation))


def demanded(situation: Situation) -> list[str]:
    """The purposes of the papers that the packet must hold beside the application, in order."""
    found = [purpose.value for purpose in sorted(needs_of(situation).purposes)]
    if any(policy.how == "exchange" for policy in existing_from(situation.listed)):
        found.append(Purpose.EXCHANGE_1035.value)
    if situation.values.get("money_with_application") == "yes":
        found.append(Purpose.CONDITIONAL_RECEIPT.value)
    return found


def demand_problems(situation: Situation, packet: Iterable[Purpose]) -> list[Problem]:
    """What the state and the money still want, and where the answers on replacement disagree."""
    listed, held = situation.listed, frozenset(packet)
    told = told_from(listed, situation.exchanges)
    return [
        *answers_agree(existing_from(listed), told),
        *papers_missing(needs_of(situation), held),
        *_exchange_problems(situation, held),
        *money_problems(receipt_of(situation), receipt_facts(situation)),
    ]


def _exchange_problems(situation: Situation, packet: frozenset[Purpose]) -> Iterable[Problem]:
    """An exchange whose own paper is not in the packet. A warning: carriers differ in where it goes."""
    exchanged = any(one.how == "exchange" for one in existing_from(situation.listed))
    if (exchanged or situation.exchanges) and Purpose.EXCHANGE_1035 not in packet:
        where, found = "existing_cover", Purpose.EXCHANGE_1035.value.replace("_", " ")
        yield Problem("exchange_paper_missing", where, found, "", Severity.WARNING)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _dollars(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None

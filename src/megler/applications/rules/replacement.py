"""Replacement: what the state asks when existing insurance gives way to the policy applied for.

Which questions, papers, signatures and notices are needed, by the table of states.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from megler.applications.rules.existing import ExistingPolicy, Told
from megler.applications.rules.replacement_table import (
    NONE,
    Ask,
    By,
    RuleTable,
    StateRule,
    When,
    standard_table,
)
from megler.forms.rules.questionnaire import Purpose, SignerRole
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Problem, Reason, Source
from megler.work.rules.calendar import add_business_days

_LIFE = frozenset(
    {
        Line.TERM_LIFE,
        Line.WHOLE_LIFE,
        Line.UNIVERSAL_LIFE,
        Line.FINAL_EXPENSE,
        Line.ENDOWMENT,
    }
)
TABLE = "replacement.csv"


@dataclass(frozen=True, slots=True)
class FormNeed:
    """A paper that the state asks for; `is_now` while it must stand in the application's packet."""

    purpose: Purpose
    step: int
    signers: tuple[SignerRole, ...]
    by: By
    copy_left_by: str
    reason: Reason
    note: str = ""

    @property
    def is_now(self) -> bool:
        return self.by is not By.BEFORE_DELIVERY


@dataclass(frozen=True, slots=True)
class NoticeNeed:
    """The notice to one existing insurer: due on `due_on`, counted from the day of receipt."""

    policy: ExistingPolicy
    days: int | None
    in_business_days: bool
    due_on: date | None
    with_what: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class ReplacementNeeds:
    """What the state asks. `reasons` say why, and what nobody has confirmed."""

    state: str
    line: str
    rule: StateRule | None
    is_replacement: bool | None
    questions: tuple[Ask, ...] = ()
    forms: tuple[FormNeed, ...] = ()
    notices: tuple[NoticeNeed, ...] = ()
    free_look_days: int | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def cite(self) -> str:
        return self.rule.cite if self.rule else ""

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody read the rule for all that is answered here."""
        return self.rule is not None and not self.rule.verify

    @property
    def purposes(self) -> frozenset[Purpose]:
        """What must stand in the packet of the application."""
        return frozenset(form.purpose for form in self.forms if form.is_now)


def line_kind(line: str) -> str:
    """`life` or `annuity`, as replacement rules speak of a line of business; empty for others.

    >>> line_kind("term_life"), line_kind("annuity"), line_kind("disability")
    ('life', 'annuity', '')
    """
    if line in _LIFE:
        return "life"
    return "annuity" if line == Line.ANNUITY else ""


def replacement_needs(
    state: str,
    line_new: str,
    existing: Sequence[ExistingPolicy],
    told: Told,
    on: date,
    *,
    received_on: date | None = None,
    table: RuleTable | None = None,
) -> ReplacementNeeds:
    """What `state` asks when a policy of line `line_new` is applied for there on the day `on`.

    Needs grow with the policies replaced, never shrink. Notices are counted from `received_on`, the
    day the insurer receives the application (`on` while it is not known). `table` is the agency's
    corrected table; without one the product's own.
    """
    line = line_kind(line_new)
    if not line or not state:
        code = "replacement_line_not_covered" if not line else "replacement_state_unknown"
        params = {"line": line_new} if not line else {}
        return ReplacementNeeds(state, line, None, None, reasons=(Reason(code, params),))
    rule = (table or standard_table()).rule_for(state, line, on)
    if rule is None:
        unknown = (Reason("replacement_no_rule", {"state": state}),)
        return ReplacementNeeds(state, line, None, _said(existing, told), reasons=unknown)
    counted, reasons = _counted(existing, rule)
    replacing = _replacing(existing, counted, told)
    has_existing = bool(existing) or told.has_existing is True
    forms = _forms(rule, replacing is True, has_existing, table or standard_table())
    return ReplacementNeeds(
        state=state,
        line=line,
        rule=rule,
        is_replacement=replacing,
        questions=rule.asks,
        forms=tuple(forms),
        notices=tuple(_notices(rule, counted, received_on or on)) if replacing else (),
        free_look_days=rule.free_look_days if replacing else None,
        reasons=(*_reasons(rule, replacing), *reasons),
    )


def _said(existing: Sequence[ExistingPolicy], told: Told) -> bool | None:
    """Whether there is a replacement by anybody's answer; None while nobody said either way."""
    signs = (told.replacing, told.agent_replacing, told.funds)
    if told.exchanges or True in signs or any(policy.gives_way for policy in existing):
        return True
    return False if told.replacing is False or told.has_existing is False else None


def _counted(
    existing: Sequence[ExistingPolicy], rule: StateRule
) -> tuple[list[ExistingPolicy], list[Reason]]:
    """The policies whose replacement this rule is about, and why others are left out.

    A policy of unknown kind counts.
    """
    counted, reasons = [], []
    for policy in existing:
        if not policy.gives_way:
            continue
        kind = "life" if policy.kind == "endowment" else policy.kind
        if rule.replaces != "any" and kind and kind != rule.replaces:
            reasons.append(_reason("replacement_kind_exempt", rule, policy=policy.name))
        elif policy.same_group and rule.internal != "applies":
            reasons.append(_reason("replacement_internal_exempt", rule, policy=policy.name))
        else:
            counted.append(policy)
    return counted, reasons


def _replacing(
    existing: Sequence[ExistingPolicy], counted: Sequence[ExistingPolicy], told: Told
) -> bool | None:
    """Whether the rule's replacement takes place.

    When every policy that gives way is listed and exempt, a plain yes is about those.
    """
    if counted:
        return True
    if any(policy.gives_way for policy in existing) and not told.exchanges:
        return False
    return _said(existing, told)


def _forms(
    rule: StateRule, replacing: bool, has_existing: bool, table: RuleTable
) -> Iterable[FormNeed]:
    holds = {
        When.ALWAYS: True,
        When.EXISTING: has_existing or replacing,
        When.REPLACING: replacing,
    }
    for form in table.forms.get(rule.family, ()):
        if holds[form.when]:
            reason = _reason(f"replacement_form_{form.when}", rule, form=form.purpose.value)
            yield FormNeed(
                form.purpose, form.step, form.signers, form.by, form.copy_left_by, reason, form.note
            )


def _notices(
    rule: StateRule, replaced: Iterable[ExistingPolicy], received_on: date
) -> Iterable[NoticeNeed]:
    if rule.family == NONE:
        return
    days = rule.notice_days
    due = None
    if days is not None:
        due = (
            add_business_days(received_on, days)
            if rule.notice_in_business_days
            else received_on + timedelta(days=days)
        )
    for policy in replaced:
        yield NoticeNeed(
            policy,
            days,
            rule.notice_in_business_days,
            due,
            rule.notice_with,
            rule.is_confirmed("notice_days"),
        )


def _reasons(rule: StateRule, replacing: bool | None) -> Iterable[Reason]:
    if replacing is None:
        yield _reason("replacement_not_answered", rule)
    if rule.family == NONE:
        yield _reason("replacement_no_form_here", rule)
    if rule.verify:
        yield _reason("replacement_not_confirmed", rule, columns=", ".join(sorted(rule.verify)))


def _reason(code: str, rule: StateRule, **params: str) -> Reason:
    params = {"state": rule.state, "cite": rule.cite, **params}
    return Reason(code, params, Source(edition=TABLE, rule=rule.cite))


def purposes_needed(needs: ReplacementNeeds) -> list[FormNeed]:
    """The papers that must stand in the application's packet, in the order of signing."""
    now = [form for form in needs.forms if form.is_now]
    return sorted(now, key=lambda form: form.step)


def papers_missing(needs: ReplacementNeeds, packet: Iterable[Purpose]) -> list[Problem]:
    """A problem for each paper that the state asks for and the packet does not hold."""
    held = set(packet)
    return [
        Problem("form_not_on_file", "replacing", _words(form), f"{needs.state}: {needs.cite}")
        for form in purposes_needed(needs)
        if form.purpose not in held
    ]


def _words(form: FormNeed) -> str:
    """The purpose as words: `replacement notice`."""
    return form.purpose.value.replace("_", " ")

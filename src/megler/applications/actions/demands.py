"""What an application must bring beside its answers, as things stand: papers by state, a receipt."""

from collections.abc import Iterable
from datetime import date

from megler.applications.models import Application
from megler.applications.rules.demands import Situation, demand_problems
from megler.applications.rules.receipt import LEFT_OPEN
from megler.forms.rules.good_order import Missing, values_of
from megler.forms.rules.questionnaire import AskedOf, Questionnaire, forms_needed
from megler.vocabulary.problems import Problem

_SAME = {"replacement_by_policy": "replacement_disagrees"}
"""Wants that say what a questionnaire's own rule says already, by that rule's code."""
_STANDS_AT = ("replacing", "has_existing", "money_with_application")
"""The questions beside which a want is told whose own question is not asked."""


def situation_of(application: Application, on: date) -> Situation:
    """The application as the rules of replacement and of money see it on a day."""
    values = values_of(application.questionnaire, application.given)
    return application.situation(values, on, application.exchanges.under_way().count())


def not_brought(application: Application, on: date, found: Iterable[Missing] = ()) -> list[Missing]:
    """What state and money want and the application does not bring.

    What `found` tells already, at the same question, is not told twice; and while answers are
    missing it is too early to say that they leave open whether money may be taken.
    """
    asked, given = application.questionnaire, application.given
    packet = [form.purpose for form in forms_needed(asked, given)]
    told = {(one.problem.code, one.question) for one in found}
    early = {LEFT_OPEN} if any(code == "answer_missing" for code, _question in told) else set()
    return [
        _at(asked, problem)
        for problem in demand_problems(situation_of(application, on), packet)
        if problem.code not in early
        and (problem.code, problem.where) not in told
        and (_SAME.get(problem.code), problem.where) not in told
    ]


def _at(asked: Questionnaire, problem: Problem) -> Missing:
    places = (problem.where, *_STANDS_AT, *asked.by_key)
    key = next(place for place in places if place in asked.by_key)
    question, section = asked.by_key[key], asked.section_of[key]
    return Missing(
        problem=problem,
        form=section.form,
        section=section.key,
        question=key,
        asked_of=AskedOf.AGENT,
        short=question.short,
    )

"""The one place that says what each role may do."""

from enum import StrEnum


class Role(StrEnum):
    """Who somebody is to the agency."""

    ADMINISTRATOR = "administrator"
    CASE_MANAGER = "case_manager"
    NEW_BUSINESS = "new_business"
    UNDERWRITER = "underwriter"
    LICENSING = "licensing"
    SERVICE = "service"
    ACCOUNTING = "accounting"
    AGENT = "agent"
    ASSISTANT = "assistant"
    CARRIER = "carrier"


STAFF = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.CASE_MANAGER,
        Role.NEW_BUSINESS,
        Role.UNDERWRITER,
        Role.LICENSING,
        Role.SERVICE,
        Role.ACCOUNTING,
    }
)
"""The agency's own people: they see every case."""

SELLERS = frozenset({Role.AGENT, Role.ASSISTANT})
"""Agents and who works for them: they see what is theirs."""


class Can(StrEnum):
    """Something a role may do. Pages, API operations and actions ask for one of these."""

    QUOTE = "quote"
    APPLY = "apply"
    SEE_CASES = "see_cases"
    ADD_TO_CASE = "add_to_case"
    WORK_CASES = "work_cases"
    KEEP_PAPERS = "keep_papers"
    DECIDE_FOR_CARRIER = "decide_for_carrier"
    SEE_TODAY = "see_today"
    CHANGE_ROUTINES = "change_routines"
    SEE_MY_BUSINESS = "see_my_business"
    SEE_EDITIONS = "see_editions"
    PUBLISH_EDITIONS = "publish_editions"
    SEE_AGENTS = "see_agents"
    CHANGE_AGENTS = "change_agents"
    SEE_POST = "see_post"
    CHANGE_PARTNERS = "change_partners"
    SEE_JOURNAL = "see_journal"
    CHANGE_PEOPLE = "change_people"
    CHANGE_AGENCY = "change_agency"


_EVERY_STAFF = {Can.QUOTE, Can.SEE_CASES, Can.SEE_TODAY, Can.SEE_EDITIONS, Can.SEE_AGENTS}

MAY: dict[Role, frozenset[Can]] = {
    Role.ADMINISTRATOR: frozenset(set(Can) - {Can.SEE_MY_BUSINESS}),
    Role.CASE_MANAGER: frozenset(
        _EVERY_STAFF
        | {
            Can.APPLY,
            Can.ADD_TO_CASE,
            Can.WORK_CASES,
            Can.KEEP_PAPERS,
            Can.DECIDE_FOR_CARRIER,
            Can.SEE_POST,
        }
        | {Can.CHANGE_ROUTINES}
    ),
    Role.NEW_BUSINESS: frozenset(
        _EVERY_STAFF | {Can.APPLY, Can.ADD_TO_CASE, Can.WORK_CASES, Can.SEE_POST}
    ),
    Role.UNDERWRITER: frozenset(
        _EVERY_STAFF | {Can.ADD_TO_CASE, Can.WORK_CASES, Can.DECIDE_FOR_CARRIER}
    )
    | {Can.PUBLISH_EDITIONS},
    Role.LICENSING: frozenset(_EVERY_STAFF | {Can.CHANGE_AGENTS}),
    Role.SERVICE: frozenset(_EVERY_STAFF | {Can.ADD_TO_CASE, Can.SEE_POST}),
    Role.ACCOUNTING: frozenset(_EVERY_STAFF),
    Role.AGENT: frozenset(
        {Can.QUOTE, Can.APPLY, Can.SEE_CASES, Can.ADD_TO_CASE, Can.SEE_MY_BUSINESS}
    ),
    Role.ASSISTANT: frozenset(
        {Can.QUOTE, Can.APPLY, Can.SEE_CASES, Can.ADD_TO_CASE, Can.SEE_MY_BUSINESS}
    ),
    Role.CARRIER: frozenset({Can.SEE_CASES}),
}


def may(role: str, what: Can) -> bool:
    """Whether somebody in `role` may do `what`.

    >>> may("agent", Can.WORK_CASES), may("case_manager", Can.WORK_CASES)
    (False, True)
    """
    return what in MAY[Role(role)]

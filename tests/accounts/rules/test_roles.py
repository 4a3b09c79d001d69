"""What each role may do."""

from megler.accounts.rules.roles import MAY, SELLERS, STAFF, Can, Role, may


def test_every_role_is_in_the_table_and_of_one_kind() -> None:
    assert set(MAY) == set(Role)
    assert STAFF | SELLERS | {Role.CARRIER} == set(Role)
    assert not STAFF & SELLERS


def test_sellers_and_carriers_do_nothing_of_the_agencys_work() -> None:
    agencys = {
        Can.WORK_CASES, Can.DECIDE_FOR_CARRIER, Can.SEE_TODAY, Can.PUBLISH_EDITIONS, Can.SEE_AGENTS,
        Can.CHANGE_AGENTS, Can.SEE_POST, Can.SEE_JOURNAL, Can.CHANGE_PEOPLE, Can.SEE_EDITIONS,
        Can.CHANGE_PARTNERS,
    }  # fmt: skip
    for role in SELLERS | {Role.CARRIER}:
        assert not MAY[role] & agencys


def test_a_carrier_only_sees_cases() -> None:
    assert MAY[Role.CARRIER] == {Can.SEE_CASES}


def test_the_administrator_may_do_everything_of_the_agencys() -> None:
    assert [what for what in Can if not may(Role.ADMINISTRATOR, what)] == [Can.SEE_MY_BUSINESS]


def test_only_administrators_look_after_trading_partners() -> None:
    assert [role for role in Role if may(role, Can.CHANGE_PARTNERS)] == [Role.ADMINISTRATOR]

"""Inviting, closing and opening people's ways in; keys; the first administrator."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import Http404

from megler.accounts import actions
from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.journal.models import Entry
from megler.vocabulary.problems import Refused
from tests.cast import PASSWORD, person

Act = Callable[[], object]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in refused.value.problems]


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def queued() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'person' FROM procrastinate_jobs ORDER BY id")
        return [(str(name), str(whose)) for name, whose in cursor.fetchall()]


def test_an_invited_person_has_no_password_and_gets_a_link(administrator: User) -> None:
    invited = actions.invite(administrator, " New@Example.com ", "New One", Role.AGENT)
    assert (invited.email, invited.role, invited.has_usable_password()) == (
        "new@example.com", "agent", False
    )  # fmt: skip
    assert queued() == [("accounts.jobs.send_invitation", str(invited.pk))]
    assert verbs() == ["person.invited"]


def test_everything_wrong_is_told_at_once(administrator: User) -> None:
    with pytest.raises(Refused) as refused:
        actions.invite(administrator, "no address", " ", "king")
    assert codes(refused) == [
        ("missing", "name"), ("not_an_email", "email"), ("unknown_role", "role")
    ]  # fmt: skip
    assert (User.objects.count(), verbs(), queued()) == (1, [], [])


def test_an_address_is_used_once_in_whatever_case(administrator: User) -> None:
    with pytest.raises(Refused) as refused:
        actions.invite(administrator, "ADA@example.com", "Other Ada", Role.AGENT)
    assert codes(refused) == [("email_taken", "email")]
    assert queued() == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_change_people(administrator: User, role: Role) -> None:
    other = person("Olga Ny", role)
    acts: list[Act] = [
        lambda: actions.invite(other, "x@example.com", "X", Role.ADMINISTRATOR),
        lambda: actions.deactivate(other, administrator.pk),
        lambda: actions.reactivate(other, administrator.pk),
        lambda: actions.change_role(other, other.pk, Role.ADMINISTRATOR),
        lambda: actions.send_invitation_again(other, other.pk),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == [("not_allowed", "Olga Ny")]
    assert verbs() == []


def test_closing_a_way_in_closes_the_keys_too(administrator: User, agent_user: User) -> None:
    key = actions.make_key(agent_user, "export")
    assert ApiKey.person(key) == agent_user
    actions.deactivate(administrator, agent_user.pk)
    assert ApiKey.person(key) is None
    actions.reactivate(administrator, agent_user.pk)
    assert ApiKey.person(key) == agent_user
    assert verbs() == ["key.made", "person.deactivated", "person.reactivated"]


def test_a_second_click_has_no_second_effect(administrator: User, agent_user: User) -> None:
    actions.deactivate(administrator, agent_user.pk)
    actions.deactivate(administrator, agent_user.pk)
    actions.change_role(administrator, agent_user.pk, Role.AGENT)
    assert verbs() == ["person.deactivated"]


def test_nobody_closes_their_own_way_in(administrator: User) -> None:
    person("Bo Second", Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        actions.deactivate(administrator, administrator.pk)
    assert codes(refused) == [("not_yourself", "Ada Berg")]


def test_the_last_administrator_stays(administrator: User) -> None:
    acts: list[Act] = [
        lambda: actions.deactivate(administrator, administrator.pk),
        lambda: actions.change_role(administrator, administrator.pk, Role.AGENT),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == [("last_administrator", "")]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_demote_each_other_at_once() -> None:
    ada, bo = person("Ada Berg", Role.ADMINISTRATOR), person("Bo Second", Role.ADMINISTRATOR)
    start = threading.Barrier(2)
    refused: list[Refused] = []

    def demote(who: User, other: User) -> None:
        start.wait()
        try:
            actions.change_role(who, other.pk, Role.AGENT)
        except Refused as error:
            refused.append(error)
        finally:
            connection.close()

    both = [threading.Thread(target=demote, args=pair) for pair in ((ada, bo), (bo, ada))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert User.objects.filter(role=Role.ADMINISTRATOR).count() == 1
    assert len(refused) == 1


def test_a_person_changes_their_own_profile(agent_user: User) -> None:
    actions.change_profile(agent_user, " Morgan B. ", "nb")
    changed = User.objects.get(pk=agent_user.pk)
    assert (changed.name, changed.language) == ("Morgan B.", "nb")
    with pytest.raises(Refused) as refused:
        actions.change_profile(agent_user, "", "xx")
    assert codes(refused) == [("missing", "name"), ("unknown_language", "language")]


def test_keys_are_kept_as_digests_and_revoked_for_good(agent_user: User) -> None:
    key = actions.make_key(agent_user, "export")
    kept = ApiKey.objects.get()
    assert key not in {kept.digest, kept.name}
    actions.revoke_key(agent_user, kept.pk)
    assert ApiKey.person(key) is None


def test_somebody_elses_key_does_not_exist(agent_user: User, stranger_user: User) -> None:
    actions.make_key(agent_user, "export")
    with pytest.raises(Http404):
        actions.revoke_key(stranger_user, ApiKey.objects.get().pk)


def test_keys_are_not_without_end(agent_user: User) -> None:
    for n in range(actions.KEYS_MAX):
        actions.make_key(agent_user, f"key {n}")
    with pytest.raises(Refused) as refused:
        actions.make_key(agent_user, "one more")
    assert codes(refused) == [("too_many_keys", "name")]


@pytest.mark.django_db
def test_the_first_administrator_needs_the_token_and_comes_once() -> None:
    token = actions.setup_token()
    with pytest.raises(Refused) as refused:
        actions.create_first_administrator("a@example.com", "A", PASSWORD, "guess")
    assert codes(refused) == [("setup_over", "token")]
    made = actions.create_first_administrator("a@example.com", "A", PASSWORD, token)
    assert (made.role, made.check_password(PASSWORD)) == ("administrator", True)
    assert actions.setup_token() == ""
    with pytest.raises(Refused) as refused:
        actions.create_first_administrator("b@example.com", "B", PASSWORD, token)
    assert codes(refused) == [("setup_over", "token")]


@pytest.mark.django_db
def test_a_weak_password_is_refused_with_the_rest() -> None:
    with pytest.raises(Refused) as refused:
        actions.create_first_administrator("a", "", "short", actions.setup_token())
    assert {where for _code, where in codes(refused)} == {"name", "email", "password"}
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_once_make_one_first_administrator() -> None:
    token, start, refused = actions.setup_token(), threading.Barrier(2), []

    def work(n: int) -> None:
        start.wait()
        try:
            actions.create_first_administrator(f"p{n}@example.com", "P", PASSWORD, token)
        except Refused as error:
            refused.append(error)
        finally:
            connection.close()

    both = [threading.Thread(target=work, args=(n,)) for n in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert (User.objects.count(), len(refused)) == (1, 1)


def test_an_unknown_person_is_not_found(administrator: User) -> None:
    with pytest.raises(Http404):
        actions.reactivate(administrator, uuid.uuid4())

"""Names, and when a client's record can stand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from megler.clients.rules.people import ClientKind, Known, client_problems, full_name, name_key

TODAY = date(2026, 11, 23)
KARI = Known(first_name="Kari", last_name="Hope", born=date(1985, 6, 14), jurisdiction="TX")


def test_a_person_is_named_by_parts_and_an_organisation_by_its_name() -> None:
    assert (
        full_name(Known(first_name="Kari", middle_name="Ann", last_name="Hope")) == "Kari Ann Hope"
    )
    assert full_name(Known(kind=ClientKind.ORGANISATION, name=" Hope Trust ")) == "Hope Trust"


@given(
    st.sampled_from(["Kari", "KARI", " kari", "Kári"]), st.sampled_from(["Hope", "hope ", "Hópe"])
)
def test_the_same_name_written_otherwise_has_the_same_key(first: str, last: str) -> None:
    assert name_key(Known(first_name=first, last_name=last)) == name_key(KARI)


def test_a_middle_name_does_not_make_another_person() -> None:
    assert name_key(Known(first_name="Kari", middle_name="Ann", last_name="Hope")) == name_key(KARI)


def test_a_good_record_has_no_problems() -> None:
    assert list(client_problems(KARI, TODAY)) == []


def test_every_problem_of_a_record_is_told() -> None:
    wrong = Known(first_name="Kari", born=date(2027, 1, 1), jurisdiction="XX")
    codes = [p.code for p in client_problems(wrong, TODAY)]
    assert codes == ["client_unnamed", "client_not_born", "client_jurisdiction"]
    assert [p.where for p in client_problems(Known(kind=ClientKind.ORGANISATION), TODAY)] == [
        "name"
    ]

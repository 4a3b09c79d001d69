"""Orders out and results in: what is written is read again, and problems are told."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.exchange.txlife.checking import check
from megler.exchange.txlife.orders import (
    File,
    Ordered,
    Reported,
    Wanted,
    Whom,
    attachment,
    read_results,
    write_order,
    write_report,
)
from megler.exchange.txlife.reading import read
from megler.exchange.txlife.records import Coded, Requirement, StatusEvent

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
KARI = Whom(
    "Kari", "", "Hope", born="1979-02-11", sex="female", ssn="111-22-3333", jurisdiction="TX"
)
ORDER = Ordered(
    "g-1", AT, "O-10001", KARI, (Wanted("O-10001-1", Coded("aps"), "5 years"),), "Berg",
    facility=Whom(organisation="Hill Clinic", jurisdiction="TX"), carrier_name="Nordhavn",
    agent="Siri Aas", files=(File("a.pdf", b"%PDF-1.4"),),
)  # fmt: skip
names = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"]),
    min_size=1,
    max_size=20,
)


def test_an_order_holds_together() -> None:
    found, problems = read(write_order(ORDER))
    assert found is not None
    assert (problems, check(found, problems), found.kept) == ([], [], ())


def test_what_is_ordered_is_read_again() -> None:
    ((order,), problems) = read_results(write_order(ORDER))
    assert problems == []
    (said,) = order.said
    assert (order.guid, said.tracking_id, said.unique_id) == ("g-1", "O-10001", "O-10001-1")
    assert (said.code.word, said.person.last_name, said.person.ssn) == ("aps", "Hope", "111223333")
    assert said.files[0].content == b"%PDF-1.4"


def test_a_cancellation_is_no_number_that_nobody_knows() -> None:
    data = write_order(Ordered("g-2", AT, "O-1", KARI, (), "Berg", mode="cancel"))
    assert b'<TransMode tc="2147483647">cancel</TransMode>' in data


def test_a_vendors_own_numbers_are_written() -> None:
    order = Ordered("g", AT, "O-1", KARI, (Wanted("1", Coded("ecg")),), "Berg")
    assert b'<ReqCode tc="9003">' in write_order(order, {"requirement": {"ecg": 9003}})


@given(names, names, st.binary(min_size=1, max_size=50))
def test_a_report_is_read_as_it_was_said(first: str, last: str, content: bytes) -> None:
    told = Requirement(
        id="R", party_id="Party_Insured", unique_id="U-1",
        events=(StatusEvent(provider_code="S79", on="2026-03-05", at="09:00:00-05:00"),),
        attachments=(attachment(File("r.pdf", content)),),
    )  # fmt: skip
    person = Whom(first_name=first, last_name=last)
    data = write_report(Reported("g", AT, "Swift", "O-1", person, (told,)))
    ((report,), _problems) = read_results(data)
    (said,) = report.said
    assert " ".join(said.person.last_name.split()) == " ".join(last.split())
    assert (said.unique_id, said.events[0].code, said.files[0].content) == ("U-1", "S79", content)


def test_an_answer_names_the_message_it_answers() -> None:
    data = write_report(
        Reported("g-1", AT, "Swift", is_answer=True, result=Coded("other", "Success"))
    )
    ((answer,), _problems) = read_results(data)
    assert (answer.guid, answer.is_answer, answer.result.text) == ("g-1", True, "Success")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<TXLife/>", "order_message_empty"),
        (
            b"<TXLife><TXLifeRequest><TransType tc='103'/></TXLifeRequest></TXLife>",
            "order_message_other",
        ),
        (b"<TXLife>", "txlife_not_xml"),
        (b"", "txlife_empty"),
    ],
)
def test_what_is_no_report_is_told(data: bytes, code: str) -> None:
    answers, problems = read_results(data)
    assert answers == []
    assert code in {problem.code for problem in problems}
    assert problems

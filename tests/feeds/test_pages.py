"""Pages of carriers' files: sent, columns named once, the next edition read alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from megler.accounts.models import User
from megler.cases.models import Case
from megler.feeds.actions.taking import take_file
from megler.feeds.models import Change, FeedFile, FeedRow, FeedSource
from megler.feeds.names import ChangeState, FileState
from tests.cases.cast import signed_in
from tests.feeds.cast import AT, DAY, send, sheet

pytestmark = pytest.mark.django_db

STRANGE = [
    "Nordhavn Life - Pending Business;;;;;",
    "As of 3/3/2026;;;;;",
    "Pol #;Insured;;Plan Desc;Stat;Reqs O/S",
    ";Last;First;;;",
    "NL-77;HOPE;KARI M;LEVEL TERM;UW-Rev 2;APS - Dr Lund",
    "Total;1;;;;",
]


def test_a_sheet_nobody_has_seen_is_named_once_and_its_next_edition_is_read_alone(
    manager: User, case: Case, source: FeedSource
) -> None:
    Case.objects.filter(pk=case.pk).update(policy_number="NL 77")
    browser = signed_in(manager)
    upload = SimpleUploadedFile("pending.csv", "\n".join(STRANGE).encode("cp1252"))
    answer = browser.post(f"/feeds/{source.pk}/files/", {"file": upload})
    file = FeedFile.objects.get()
    assert answer.headers["Location"] == f"/feeds/files/{file.pk}/"
    take_file(file.pk)
    file.refresh_from_db()
    assert file.state == FileState.NEEDS_LAYOUT
    columns = f"/feeds/files/{file.pk}/columns/"
    page = browser.get(columns)
    chosen = {f"column_{c.index}": c.field for c in page.context["columns"]}
    assert list(chosen.values()) == [
        "policy_number", "last_name", "first_name", "product", "status", "requirement",
    ]  # fmt: skip
    said = {"status_word_1": "UW-Rev 2", "status_1": "in_underwriting", "save": "1"}
    assert browser.post(columns, {**chosen, **said}).status_code == 302
    take_file(file.pk)
    case.refresh_from_db()
    assert case.status == "in_underwriting"
    assert case.requirements.filter(kind="aps").count() == 1
    head = "Status,Policy Nbr,First Insured,Insured Last,Plan Desc,Reqs O/S,Remarks"
    moved = sheet(head, 'Approved,NL-77,Kari,Hope,Level Term,,"rated well"')
    held = send(manager, source, moved, as_of=AT + 3 * DAY)
    assert held.layout is not None
    assert held.state == FileState.DONE
    assert {"feed_column_new", "feed_columns_moved"} <= {p["code"] for p in held.told}
    case.refresh_from_db()
    assert (case.decision, case.carrier_words) == ("approved", "Approved")


def test_a_difference_is_accepted_and_undone_on_its_page(
    manager: User, case: Case, source: FeedSource
) -> None:
    source.ways["status"] = "propose"
    source.save()
    head = "Policy Number,Insured,DOB,Plan,Status"
    send(manager, source, sheet(head, 'NL-1,"Hope, Kari",2/11/1979,Level Term,Approved'))
    change = Change.objects.get(told="status")
    browser = signed_in(manager)
    assert "Approved as applied" in browser.get(f"/cases/{case.pk}/carrier-said/").content.decode()
    page = browser.post(f"/feeds/changes/{change.pk}/accept/", headers={"HX-Request": "true"})
    case.refresh_from_db()
    assert (page.status_code, case.decision) == (200, "approved")
    browser.post(f"/feeds/changes/{change.pk}/undo/", headers={"HX-Request": "true"})
    case.refresh_from_db()
    change.refresh_from_db()
    assert (case.status, case.decision) == ("received_by_carrier", "")
    assert change.state == ChangeState.UNDONE


def test_a_row_without_a_case_is_given_one_from_the_tray(
    manager: User, case: Case, source: FeedSource
) -> None:
    head = "Policy Number,Insured,DOB,Status"
    send(manager, source, sheet(head, 'NL-9,"Hoope, Kari",11/2/1979,Declined'))
    row = FeedRow.objects.get()
    browser = signed_in(manager)
    page = browser.get("/feeds/tray/")
    assert [one["reference"] for one in page.context["rows"][0].proposals] == [case.reference]
    browser.post(f"/feeds/rows/{row.pk}/", {"case": str(case.pk)})
    case.refresh_from_db()
    row.refresh_from_db()
    assert (case.decision, row.state) == ("declined", "changed")
    assert case.policy_number == "NL-9"


@pytest.mark.parametrize("page", ["", "new/", "changes/", "tray/", "stale/"])
def test_every_list_opens_when_it_is_empty(manager: User, source: FeedSource, page: str) -> None:
    assert source.is_active
    assert signed_in(manager).get(f"/feeds/{page}").status_code == 200


def test_a_word_taught_after_a_file_was_read_is_done_with_that_file(
    manager: User, case: Case, source: FeedSource
) -> None:
    head = "Policy #,Client,DOB,Plan,Stage,Branch"
    rows = [
        f"NL-1,{case.client.name},2/11/1979,Level Term,Zork,West",
        "NL-2,Nobody Here,,,Zork,East",
    ]
    held = send(manager, source, sheet(head, *rows))
    browser, columns = signed_in(manager), f"/feeds/files/{held.pk}/columns/"
    page = browser.get(columns)
    chosen = {f"column_{c.index}": c.field for c in page.context["columns"]}
    said = {"status_word_1": "Zork", "status_1": "approved", "save": "1"}
    chosen["column_5"] = ""
    browser.post(columns, {**chosen, **said})
    take_file(held.pk)
    case.refresh_from_db()
    held.refresh_from_db()
    assert case.decision == "approved"
    assert (held.state, held.counts["changed"], held.told) == (FileState.DONE, 1, [])
    assert FeedRow.objects.filter(file=held).count() == 2
    again = {c.heading: (c.field, c.why) for c in browser.get(columns).context["columns"]}
    assert again["Branch"] == ("", "")

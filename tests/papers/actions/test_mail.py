"""Papers by e-mail: an agent's own into the case, everything else into the tray, nothing twice."""

from email.message import EmailMessage

import pytest
from click.testing import CliRunner

from megler.accounts.models import User
from megler.cases.models import Case, CaseDocument
from megler.papers.actions.mail import case_address, take_mail
from megler.papers.commands import mail_in
from megler.papers.models import Arrival, State
from megler.vocabulary.problems import Refused
from tests.cases.cast import an_agent
from tests.documents.files import written
from tests.papers.sheets import APS, NAMESAKE


def message(sender: str, to: str, *pages: tuple[str, ...]) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, "papers"
    made.set_content("Here.")
    for number, page in enumerate(pages):
        content = written(page)
        made.add_attachment(
            content, maintype="application", subtype="pdf", filename=f"{number}.pdf"
        )
    return made.as_bytes()


def test_what_its_agent_sends_to_the_case_is_in_the_case(case: Case) -> None:
    agent = case.agent.user
    assert agent is not None
    raw = message(f"Siri Aas <{agent.email}>", case_address(case), APS)
    taken = take_mail(raw)
    assert (taken.case, len(taken.filed), taken.waiting) == (case.reference, 1, ())
    paper = CaseDocument.objects.get(pk=taken.filed[0])
    assert (paper.case, paper.kind, paper.visible_to_agent) == (case, "aps", True)
    count = Arrival.objects.count()
    assert take_mail(raw) == taken
    assert Arrival.objects.count() == count


def test_a_strangers_mail_and_one_without_the_address_wait_in_the_tray(case: Case) -> None:
    stranger = an_agent("Stig Falk").user
    agent = case.agent.user
    assert stranger is not None
    assert agent is not None
    wrong = case_address(case).replace("@", "x@")[:40]
    for sender, to in ((stranger.email, case_address(case)), (agent.email, "office@x.example")):
        taken = take_mail(message(sender, to, APS))
        assert (taken.filed, len(taken.waiting)) == ((), 1)
    taken = take_mail(message(agent.email, wrong, APS))
    assert taken.case == ""
    assert not case.documents.filter(kind="aps").exists()


def test_another_persons_paper_is_not_filed_even_by_the_agent(case: Case) -> None:
    agent = case.agent.user
    assert agent is not None
    taken = take_mail(message(agent.email, case_address(case), NAMESAKE))
    assert taken.filed == ()
    assert Arrival.objects.get(pk=taken.waiting[0]).state == State.WAITING


def test_a_mail_without_papers_is_refused(db: None) -> None:
    with pytest.raises(Refused) as refused:
        take_mail(message("a@b.example", "c@d.example"))
    assert refused.value.problems[0].code == "paper_mail_no_files"


def test_the_command_takes_a_message_in_and_says_what_is_wrong(staff: User) -> None:
    run = CliRunner().invoke(mail_in, input=message("a@b.example", "c@d.example", APS))
    assert (run.exit_code, run.output) == (0, "filed: 0\nwaiting: 1\n")
    assert CliRunner().invoke(mail_in, input=b"nothing").exit_code == 2

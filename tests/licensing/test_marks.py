"""How the agency, firms and agents show themselves."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from megler.accounts.models import User
from megler.journal.models import Entry
from megler.licensing.actions import present_agency, put_logo
from megler.licensing.models import Agency, Agent, Firm
from megler.vocabulary.problems import Refused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
TOLD = {"name": "Fjord Agency", "colour": "#0055AA", "small_print_en": "Our own words."}


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "documents")},
        },
    }


def picture(wide: int = 900, high: int = 300, kind: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.new(mode, (wide, high), (200, 30, 30, 128)[: len(mode)]).save(out, kind)
    return SimpleUploadedFile(f"my logo.{kind.lower()}", out.getvalue())


@pytest.fixture
def agent(agent_user: User) -> Agent:
    firm = Firm.objects.create(name="Bailey & Co")
    return Agent.objects.create(
        user=agent_user, name="Morgan Bailey", email="m@example.com", npn="1", jurisdiction="TX",
        firm=firm, since="2020-01-01",
    )  # fmt: skip


def test_before_anybody_says_anything_there_is_an_agency_without_a_name() -> None:
    assert (Agency.ours().name, Agency.ours().logo, Agency.ours().version) == ("", None, 0)
    assert not Agency.objects.exists()


def test_the_administrator_presents_the_agency_and_it_is_journaled(administrator: User) -> None:
    present_agency(administrator, TOLD, 0, logo=picture())
    ours = Agency.ours()
    assert (ours.name, ours.colour, ours.version) == ("Fjord Agency", "#0055aa", 1)
    assert ours.small_print("en") == "Our own words."
    assert ours.small_print("nb") == ""
    entry = Entry.objects.get(verb="agency.presented")
    assert entry.data["changed"] == ["colour", "logo", "name", "small_print_en"]


def test_a_change_over_a_newer_one_is_refused(administrator: User) -> None:
    present_agency(administrator, TOLD, 0)
    with pytest.raises(Refused, match="changed"):
        present_agency(administrator, {**TOLD, "name": "Mine"}, 0)
    assert Agency.ours().name == "Fjord Agency"


def test_only_the_administrator_may(case_manager: User, agent_user: User) -> None:
    for person in (case_manager, agent_user):
        with pytest.raises(Refused):
            present_agency(person, TOLD, 0)
        assert signed_in(person).get("/agency/").status_code == 404
    assert not Agency.objects.exists()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_kept_small_and_encrypted(agent: Agent, agent_user: User, kind: str) -> None:
    put_logo(agent_user, agent, picture(kind=kind))
    logo = Agent.objects.get().mark
    assert logo is not None
    with Image.open(io.BytesIO(logo.read())) as small:
        assert (small.format, small.size) == ("PNG", (720, 240))
    with logo.file.open("rb") as kept:
        assert b"PNG" not in kept.read()


def test_an_agent_without_a_logo_wears_the_firms(
    agent: Agent, agent_user: User, administrator: User
) -> None:
    assert agent.firm is not None
    with pytest.raises(Refused):
        put_logo(agent_user, agent.firm, picture())
    put_logo(administrator, agent.firm, picture())
    assert Agent.objects.get().mark == Firm.objects.get().logo
    put_logo(agent_user, agent, picture(50, 50))
    assert Agent.objects.get().mark == Agent.objects.get().logo
    put_logo(agent_user, agent, None)
    assert Agent.objects.get().mark == Firm.objects.get().logo


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.4", "document_wrong_type"),
        (b"<svg/>", "document_wrong_type"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "document_"),
    ],
)
def test_what_is_no_picture_is_refused(
    agent: Agent, agent_user: User, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        put_logo(agent_user, agent, SimpleUploadedFile("logo.png", content))
    assert refused.value.problems[0].code.startswith(code)


def test_more_pixels_than_a_logo_has_are_refused(agent: Agent, agent_user: User) -> None:
    with pytest.raises(Refused) as refused:
        put_logo(agent_user, agent, picture(6000, 5000))
    assert refused.value.problems[0].code == "document_too_many_pixels"


def test_a_stranger_reaches_nobodys_logo(agent: Agent, stranger_user: User) -> None:
    with pytest.raises(Refused):
        put_logo(stranger_user, agent, picture())
    assert signed_in(stranger_user).get(f"/agents/{agent.pk}/marks/").status_code == 404


def test_the_pages_change_and_show_them(administrator: User, agent: Agent) -> None:
    client = signed_in(administrator)
    sent = {**TOLD, "version": "0", "picture": picture()}
    shown = client.post("/agency/", sent, follow=True).content.decode()
    assert 'value="Fjord Agency"' in shown
    assert "data:image/png;base64," in shown
    assert client.post("/agency/", {**TOLD, "version": "0"}).status_code == 422
    assert client.post("/agency/", {**TOLD, "version": "1", "colour": "red"}).status_code == 422
    page = f"/agents/{agent.pk}/marks/"
    sent = {"whose": "agent", "picture": picture()}
    assert "data:image/png;base64," in client.post(page, sent, follow=True).content.decode()
    client.post(page, {"whose": "agent"})
    assert Agent.objects.get().logo is None

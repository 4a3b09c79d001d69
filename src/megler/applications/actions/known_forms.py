"""The forms that a file may hold: those of the carriers' form sets, with what they are known by."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from megler.applications.models import Application
from megler.applications.rules.questionnaires import questionnaire
from megler.applications.rules.uploads import Place, places_to_sign
from megler.carriers.actions import open_edition
from megler.carriers.models import Edition
from megler.documents import apart
from megler.documents.rules.pages import FileFacts
from megler.forms.actions.stamping import places_in
from megler.forms.models import Paper
from megler.forms.rules.form_set import FormSet
from megler.forms.rules.marks import FormMarks
from megler.forms.rules.questionnaire import FormSpec, Questionnaire
from megler.forms.rules.recognising import form_marks


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A form with what it is known by; `empty` is its PDF without answers, where it has one."""

    spec: FormSpec
    marks: FormMarks
    empty: bytes | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownSet:
    """A form set with its forms as a file may show them. `edition_id` is None for the general forms."""

    edition_id: UUID | None
    reference: str
    carrier: str
    products: frozenset[str]
    lines: tuple[str, ...]
    asked: Questionnaire
    forms: tuple[KnownForm, ...]

    @property
    def marks(self) -> tuple[FormMarks, ...]:
        return tuple(form.marks for form in self.forms)

    def form(self, key: str) -> KnownForm:
        return next(form for form in self.forms if form.spec.key == key)


def known_sets(on: date) -> list[KnownSet]:
    """The form sets that carriers published, as they stand on a day."""
    return [known_set(one.pk) for one in Edition.objects.standing(Edition.Kind.FORM_SET, on)]


@lru_cache(maxsize=128)
def known_set(edition_id: UUID) -> KnownSet:
    """A published form set; it never changes, so a process learns its forms once."""
    edition = Edition.objects.defer("content").select_related("carrier").get(pk=edition_id)
    read = open_edition(edition_id).read
    made = read.form_set or FormSet(Questionnaire("", "", "", (), ()))
    return KnownSet(
        edition_id,
        edition.reference,
        edition.carrier.slug,
        frozenset(read.products_for),
        made.lines,
        made.questionnaire,
        tuple(_known(form, made.pdfs.get(form.pdf)) for form in made.questionnaire.forms),
    )


def known_of(application: Application) -> KnownSet:
    """The forms that an application asks for."""
    if application.form_set_id:
        held = known_set(application.form_set_id)
    else:
        asked = questionnaire(application.questionnaire_key)
        held = KnownSet(
            None, asked.key, "", frozenset(), (), asked, tuple(_known(f, None) for f in asked.forms)
        )
    return held


def printed_forms(application: Application) -> tuple[KnownForm, ...]:
    """The newest papers of an application, as they are known when printed to be signed by hand."""
    made = Paper.objects.about(application.subject).select_related("document").order_by("made_at")
    newest = {paper.form_key: paper for paper in made}
    specs = application.questionnaire.form_by_key
    return tuple(
        _printed(application, specs[key], paper) for key, paper in newest.items() if key in specs
    )


def _printed(application: Application, spec: FormSpec, paper: Paper) -> KnownForm:
    number, pages = printed_number(application, paper), paper.document.pages
    marks = FormMarks(spec.key, number, printed_edition(paper), pages)
    content = paper.document.read()
    return KnownForm(spec, marks, content, _places_of(spec, content))


@lru_cache(maxsize=512)
def _places_of(spec: FormSpec, content: bytes) -> tuple[Place, ...]:
    """Where each signs on a paper: in the carrier's fields, or at the places that ours names."""
    roles = {name: role.value for role, names in spec.signature_fields.items() for name in names}
    sizes = {page.number: (page.width, page.height) for page in _looked_at(content).pages}
    found = []
    for name, place in places_in(content):
        word, _, role = name.partition(".")
        role = roles.get(name) or (role if word == "signature" else "")
        if role:
            box = (place.x, place.y, place.x + place.width, place.y + place.height)
            found.append(Place(role, name, place.page + 1, box, *sizes[place.page + 1]))
    return tuple(found)


def printed_edition(paper: Paper) -> str:
    """What tells a printed paper from the same form printed with other answers."""
    return paper.sha256[:12]


def printed_number(application: Application, paper: Paper) -> str:
    """The number that a printed paper bears: of which application, and which form."""
    return f"{application.reference}.{paper.form_key}"[:40].rstrip("._-")


def _known(form: FormSpec, pdf: bytes | None) -> KnownForm:
    number = form.number or form.key
    if pdf is None:
        return KnownForm(form, FormMarks(form.key, number, form.edition, form.pages))
    empty = _looked_at(pdf)
    marks = form_marks(form.key, number, form.edition, empty)
    return KnownForm(form, marks, pdf, places_to_sign(form, empty))


@lru_cache(maxsize=512)
def _looked_at(pdf: bytes) -> FileFacts:
    return apart.look(pdf, "form.pdf")

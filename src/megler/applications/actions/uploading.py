"""Putting files to an application: pages sorted into forms, answers taken over, never overwritten."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.answering import Said, answer
from megler.applications.actions.holding import in_hand, still_open
from megler.applications.actions.known_forms import KnownSet, known_of, printed_forms
from megler.applications.actions.opening import Opened, OpenPiece, open_file
from megler.applications.models import Application
from megler.applications.models_uploads import Upload
from megler.applications.rules.origins import Origin
from megler.applications.rules.uploads import Compared, compared
from megler.documents.actions import Examined, Sent, examine_all, keep
from megler.documents.models import Document, Standing
from megler.forms.rules.marks import PAGES_MAX, Mark
from megler.forms.rules.reading_back import ReadBack
from megler.journal.actions import record
from megler.vocabulary.problems import Problem, Refused


def upload(
    person: User, application: Application, files: Sequence[Sent], at: datetime | None = None
) -> list[Upload]:
    """Put files to an application; photos sent together make one. The same files again are the same.

    What they say and the application does not know is taken over, marked as coming from an upload;
    what stands otherwise is left for a person to see. Raises `Refused`, and keeps nothing.
    """
    at = at or timezone.now()
    if not files:
        raise Refused(Problem("upload_nothing", "files"))
    digest = digest_of(files)
    known = in_sight(person, application).uploads.filter(digest=digest)
    if again := list(known.select_related("document")):
        return again
    examined = examine_all(files)
    with transaction.atomic():
        held = in_hand(application.pk, person)
        still_open(held)
        if again := list(held.uploads.filter(digest=digest).select_related("document")):
            return again
        made = [_added(person, held, one, digest, at) for one in examined]
    return [read_upload(person, one, at) for one in made]


def in_sight(person: User, application: Application) -> Application:
    """The open application, when this person may see it, without a lock. Raises `Refused`."""
    found = Application.objects.visible_to(person).filter(pk=application.pk).first()
    if found is None:
        raise Refused(Problem("not_allowed", "application"))
    still_open(found)
    return found


def digest_of(files: Iterable[Sent]) -> str:
    """What is the same when the same files are sent again, in whatever order."""
    digests = []
    for one in files:
        sha = hashlib.sha256()
        if isinstance(one.content, bytes):
            sha.update(one.content)
        else:
            for chunk in one.content.chunks():
                sha.update(chunk)
            one.content.seek(0)
        digests.append(sha.hexdigest())
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def _added(
    person: User, held: Application, examined: Examined, digest: str, at: datetime
) -> Upload:
    return add_document(person, held, keep(person.actor(), examined, at), digest, at)


def add_document(
    person: User, held: Application, document: Document, digest: str, at: datetime
) -> Upload:
    """The row of a file that is kept already, within the caller's transaction."""
    made = Upload.objects.create(
        application=held, document=document, digest=digest, by=person, at=at
    )
    told = {"document": str(document.pk), "name": document.name, "standing": document.standing}
    record(person.actor(), "upload.added", held.subject, told, at)
    return made


def read_upload(person: User, one: Upload, at: datetime | None = None) -> Upload:
    """Sort its pages and take its answers over, once it may be read. Twice has one effect."""
    at = at or timezone.now()
    if one.document.standing != Standing.CLEAR:
        return one
    application = Application.objects.visible_to(person).get(pk=one.application_id)
    known = known_of(application)
    opened = _opened(application, known, one)
    with transaction.atomic():
        held = in_hand(application.pk, person)
        locked = Upload.objects.select_for_update(of=("self",)).get(pk=one.pk)
        locked.found, locked.said, locked.read_at = _found(opened), _said(opened.read), at
        if held.is_open:
            new = compared(held.questionnaire, held.given, opened.read.raws).new
            locked.taken = sorted({*locked.taken, *_taken_over(person, held, new, at)})
        locked.save()
    locked.document = one.document
    return locked


def _opened(application: Application, known: KnownSet, one: Upload) -> Opened:
    return open_file(
        one.document.read(),
        one.document.name,
        known,
        assigned=assigned_in(one),
        printed=printed_forms(application),
    )


def assigned_in(one: Upload) -> dict[int, Mark | None]:
    """The pages that a person sorted."""
    return {int(page): Mark(*mark) if mark else None for page, mark in one.assigned.items()}


def _found(opened: Opened) -> dict[str, Any]:
    """What is kept of the pages: nothing of what people wrote."""
    recognition = opened.recognition
    return {
        "pieces": [_piece(one) for one in opened.pieces],
        "foreign": [[one.number, one.edition, sorted(one.at.values())] for one in opened.foreign],
        "unknown": list(recognition.unknown),
        "blank": list(recognition.blank),
        "unread": list(recognition.unread),
    }


def _piece(one: OpenPiece) -> dict[str, Any]:
    piece = one.piece
    return {
        "form": piece.key,
        "number": piece.number,
        "edition": piece.edition,
        "known": piece.known,
        "pages": piece.pages,
        "at": [[page, place] for page, place in sorted(piece.at.items())],
        "missing": list(piece.missing),
        "doubled": list(piece.doubled),
        "turned": list(piece.turned),
        "signed": {role: shows.value for role, shows in one.signed.items()},
        "is_read": one.is_read,
        "is_printed": one.is_printed,
    }


def _said(read: ReadBack) -> dict[str, Any]:
    return {
        "raws": dict(read.raws),
        "leftovers": [[left.field, left.text, left.why] for left in read.leftovers],
        "differ": {key: list(texts) for key, texts in read.differ.items()},
    }


def _taken_over(
    person: User, held: Application, raws: Mapping[str, Any], at: datetime
) -> frozenset[str]:
    """Answer what nobody answered here. What cannot be read is kept as it stands on paper."""
    if not raws:
        return frozenset()
    said = Said(Origin.UPLOAD)
    saved = answer(person, held, raws, held.version, at, keep_unreadable=True, said=said)
    return saved.changed


def assign_pages(
    person: User,
    one: Upload,
    pages: Mapping[int, tuple[str, int] | None],
    at: datetime | None = None,
) -> Upload:
    """Say which page of which form (by its key) pages of the file are; None: they are none.

    Raises `Refused` when there is no such form or page; nothing is changed then.
    """
    at = at or timezone.now()
    application = in_sight(person, one.application)
    forms = {form.spec.key: form for form in known_of(application).forms}
    problems: list[Problem] = []
    marks: dict[str, list[Any] | None] = {}
    for page, told in pages.items():
        if not 1 <= page <= one.document.pages:
            has = str(one.document.pages)
            problems.append(Problem("upload_page_wrong", one.document.name, str(page), has))
        elif told is None:
            marks[str(page)] = None
        elif told[0] not in forms:
            problems.append(Problem("upload_form_unknown", told[0][:60]))
        else:
            form = forms[told[0]].marks
            last = form.pages or PAGES_MAX
            if not 1 <= told[1] <= last:
                problems.append(
                    Problem("upload_page_wrong", forms[told[0]].spec.name, str(told[1]), str(last))
                )
            marks[str(page)] = [form.number, form.edition, told[1], form.pages or told[1]]
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        locked = Upload.objects.select_for_update(of=("self",)).get(pk=one.pk)
        locked.assigned = {**locked.assigned, **marks}
        locked.save(update_fields=["assigned"])
        data = {"upload": str(one.pk), "pages": sorted(pages)}
        record(person.actor(), "upload.assigned", application.subject, data, at)
    return read_upload(person, locked, at)


def differences(one: Upload, application: Application) -> Compared:
    """What the file says beside what the application knows now."""
    said = one.said.get("raws", {})
    return compared(application.questionnaire, application.given, said)


def decide(
    person: User, one: Upload, choices: Mapping[str, bool], seen: int, at: datetime | None = None
) -> Upload:
    """For questions that stand otherwise: True takes the paper's answer, False keeps the one here.

    `seen` is the version of the application that was seen. Raises `Refused`.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand(one.application_id, person)
        still_open(held)
        locked = Upload.objects.select_for_update(of=("self",)).get(pk=one.pk)
        differ = {d.question: d for d in differences(locked, held).differ}
        unknown = [key for key in choices if key not in differ]
        if unknown:
            raise Refused([Problem("upload_question_unknown", key[:60]) for key in unknown])
        taken = {key: differ[key].raw for key, takes in choices.items() if takes}
        if taken:
            answer(person, held, taken, seen, at, said=Said(Origin.UPLOAD))
        locked.taken = sorted({*locked.taken, *taken})
        locked.left = sorted({*locked.left, *(key for key in choices if key not in taken)})
        locked.save(update_fields=["taken", "left"])
        data = {"upload": str(one.pk), "taken": sorted(taken), "left": locked.left}
        record(person.actor(), "upload.taken", held.subject, data, at)
    return locked

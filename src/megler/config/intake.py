"""What is refused before anything reads it, and what is said of every answer.

Refused are too large a body, and NUL, which no text may hold.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from megler.accounts.access import person_behind
from megler.config.api import answer_of
from megler.vocabulary.problems import Problem


class Intake:
    """Answers such a request itself: 413 or 400, as a page or as the API's problems.

    A stranger sends no files. Who is known sends a few of the largest documents at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if problem := _too_large(request):
            return _refused(request, problem, 413)
        if any("\0" in text for text in _texts(request)):
            return _refused(request, Problem("wrong_value", "request", "NUL", "text"), 400)
        return self.get_response(request)


class KeptNowhere:
    """Pages, answers and files are kept neither by browsers nor between: most are of private life.

    Static files are answered before this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _too_large(request: HttpRequest) -> Problem | None:
    given = request.META.get("CONTENT_LENGTH") or "0"
    size, most = int(given) if given.isdigit() else 0, settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if size > most and _brings_files(request):
        most = settings.UPLOAD_BYTES_MAX
    return (
        Problem("body_too_large", "body", given, f"at most {most} bytes") if size > most else None
    )


def _brings_files(request: HttpRequest) -> bool:
    is_form = request.method == "POST" and request.content_type == "multipart/form-data"
    return is_form and person_behind(request) is not None


def _texts(request: HttpRequest) -> Iterable[str]:
    yield request.path
    said = [request.GET]
    if request.method == "POST" and not request.path.startswith("/api/"):
        said.append(request.POST)
    for words in said:
        for name, values in words.lists():
            yield name
            yield from (value for value in values if isinstance(value, str))


def _refused(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return answer_of((problem,), status)
    return render(request, f"{status}.html", status=status)

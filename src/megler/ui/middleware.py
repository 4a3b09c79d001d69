"""What every page does alike: a refusal is told in words, messages reach htmx pages too."""

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from megler.vocabulary.problems import Refused


class PlainWords:
    """Turns a `Refused` that a page did not catch into sentences (422), and adds messages to parts.

    A page with a form catches `Refused` itself and puts it into the form (`problems.add_to_form`);
    a button's page need not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_swapped(request, response):
            told = list(get_messages(request))
            if told:
                part = render_to_string("ui/_messages_beside.html", {"messages": told}, request)
                response.content += part.encode()
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused) or request.path.startswith("/api/"):
            return None
        part = bool(request.headers.get("HX-Request"))
        response = render(
            request, "ui/_refused.html" if part else "refused.html", {"refused": error}, status=422
        )
        if part:
            response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML show:top"
        return response


def _is_swapped(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether htmx puts this answer into the page that stands."""
    return (
        bool(request.headers.get("HX-Request"))
        and not request.headers.get("HX-Boosted")
        and not response.streaming
        and response.status_code in {200, 422}
        and response.get("Content-Type", "").startswith("text/html")
        and not {"HX-Redirect", "HX-Refresh", "HX-Location", "HX-Retarget"} & set(response.headers)
    )

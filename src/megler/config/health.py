"""Is the product able to answer? For load balancers and the launcher."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from megler.accounts.access import for_everyone


@for_everyone
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, otherwise the error page's 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")

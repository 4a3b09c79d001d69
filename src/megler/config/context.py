"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def agency(request: HttpRequest) -> dict[str, object]:
    """Whether this is the demo, and what the signed-in person's menu holds."""
    from megler.config.menu import menu
    from megler.config.panels import PANELS

    return {"DEMO": settings.DEMO, "menu": menu(request), "panels": PANELS}

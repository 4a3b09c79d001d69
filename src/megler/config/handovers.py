"""Who takes over when a room announces a moment. The whole table; there are no signals elsewhere."""

from collections.abc import Callable
from typing import Any

from megler.applications.rules.moments import ApplicationSubmitted


def _open_case(moment: ApplicationSubmitted) -> None:
    from megler.cases.actions.opening import open_case_from_application

    open_case_from_application(moment)


HANDOVERS: dict[type, list[Callable[[Any], None]]] = {ApplicationSubmitted: [_open_case]}

"""Who am I, for programs."""

from typing import cast

from django.http import HttpRequest
from ninja import Router, Schema

from megler.accounts.models import User
from megler.accounts.rules.roles import MAY, Role

router = Router(tags=["accounts"])


class Me(Schema):
    """The person behind the key or session."""

    id: str
    name: str
    email: str
    role: Role
    language: str
    may: list[str]


@router.get("/me", response=Me, summary="The person who asks, and what they may do")
def me(request: HttpRequest) -> Me:
    """The person whose key or session the request carries."""
    person = cast(User, request.user)
    return Me(
        id=str(person.pk),
        name=person.name,
        email=person.email,
        role=Role(person.role),
        language=person.language,
        may=sorted(MAY[Role(person.role)]),
    )

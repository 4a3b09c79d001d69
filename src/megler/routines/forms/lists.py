"""What forms choose from."""

from django.db.models import QuerySet
from django.utils.functional import Promise

from megler.accounts.models import User
from megler.accounts.rules.roles import STAFF
from megler.carriers.models import Product

Choices = list[tuple[str, "str | Promise"]]


def staff() -> "QuerySet[User]":
    """The agency's own people who may sign in, by name."""
    return User.objects.filter(role__in=STAFF, is_active=True).order_by("name", "pk")


def lines() -> Choices:
    """Lines of business as people call them."""
    found = Product._meta.get_field("line").flatchoices
    return [(str(code), name) for code, name in found]

"""How a policy gets to its owner."""

from enum import StrEnum


class DeliveryWay(StrEnum):
    """How a policy is delivered."""

    EMAIL = "email"
    COURIER = "courier"
    HAND = "hand"

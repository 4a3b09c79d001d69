"""The words people read for codes of this room."""

from megler.carriers.names import KIND_NAMES, ORDERED_BY

__all__ = ["KIND_NAMES", "ORDERED_BY"]

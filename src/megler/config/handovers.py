"""Who takes over when a room announces a moment. The whole table; there are no signals elsewhere."""

from collections.abc import Callable
from typing import Any

HANDOVERS: dict[type, list[Callable[[Any], None]]] = {}

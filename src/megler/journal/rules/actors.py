"""Who acts, as the journal knows them: a plain id and name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is the role (`agent`, `case_manager`, `applicant`, `system`); `address` the network one."""

    id: str
    name: str
    kind: str
    address: str = ""


SYSTEM = Actor(id="system", name="Megler", kind="system")

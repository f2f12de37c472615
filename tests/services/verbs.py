"""Every public verb of every service."""

import inspect

from caseapp.domain.access import Right
from caseapp.services.context import Service
from caseapp.services.desk import Services


def verbs():
    for field in Services.__dataclass_fields__.values():
        kind = field.type
        if inspect.isclass(kind) and issubclass(kind, Service):
            for name, method in inspect.getmembers(kind, inspect.isfunction):
                if not name.startswith("_") and name != "instant":
                    yield field.name, name, method


VERBS = list(verbs())

CHANGING = frozenset(
    right
    for right in Right
    if right.value.startswith(("change-", "log-", "lead-", "link-", "import", "disclose", "export"))
)
"""The rights that change a record or let one leave."""

"""How an alert looks, the same wherever somebody is about to be met or called."""

from PySide6.QtWidgets import QLabel

from caseapp.domain.people import Alert
from caseapp.ui.widgets.basics import mark

_TONES = {"safety": "danger", "medical": "warning", "trigger": "warning", "what-helps": "accent"}
_WORDS = {"what-helps": "What helps", "trigger": "Upsets"}


def alert_mark(alert: Alert, origin: str = "") -> QLabel:
    """What it is about and its words, whole; `origin` says on which of several records it stands."""
    kind = _WORDS.get(alert.kind, alert.kind.capitalize())
    return mark(f"{kind}: {alert.text}{origin}", _TONES.get(alert.kind, "neutral"))

"""How a person is reached and what binds it, in the lines of their record."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLabel

from caseapp.domain.consents import Consent, is_in_force
from caseapp.domain.day_words import day_words
from caseapp.domain.people import Alert
from caseapp.services.people import PersonRecord
from caseapp.ui.lists import Words
from caseapp.ui.widgets.basics import chip


def consent_chip(consent: Consent, today: date, origin: str) -> QLabel:
    """A consent in one chip, and until when it holds; `origin` says on which record it stands."""
    name = ", ".join(consent.details.recipients)
    if not is_in_force(consent, today=today):
        return chip(f"Consent ended: {name}{origin}", "neutral")
    ends = consent.details.expires_on
    return chip(f"Consent: {name}{f' until {day_words(ends)}' if ends else ''}{origin}", "good")


def alert_origin(record: PersonRecord, alert: Alert) -> str:
    """On which of several records an alert stands, in brackets; nothing where there is one."""
    words = record.whole.origin_of("alerts", alert)
    return f" ({words})" if words else ""


def reach_facts(record: PersonRecord, codes: Words, today: date) -> Sequence[tuple[str, str]]:
    """Where and how the person is reached, label and words."""
    details, whole = record.whole.details, record.whole

    def said(name: str, value: object, words: str) -> str:
        source = whole.origin_of(name, value)
        return f"{words}\n{source}" if source else words

    places = [
        (
            codes.word("place_kind", place.kind),
            said("places", place, f"{place.text}{', ' if place.note else ''}{place.note}"),
        )
        for place in details.places_on(today)
    ]
    points = [
        (
            point.owner or point.kind.value.capitalize(),
            said("points", point, f"{point.value}\n{point.may_words}"),
        )
        for point in details.points
    ]
    with_dog = [("Comes with", details.comes_with)] if details.comes_with else []
    return [*places, *points, *with_dog] or [("", "Not recorded")]

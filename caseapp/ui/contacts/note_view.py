"""A note as it is read: how, when and by whom, its words, and what was added."""

from PySide6.QtWidgets import QWidget

from caseapp.domain.contacts import Contact, contact_words
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import label
from caseapp.ui.widgets.facts import Facts


def note_as_read(desk: Desk, contact: Contact) -> list[QWidget]:
    """The facts of a contact, its words, and what was added to them since."""
    details = contact.details
    facts = [
        ("How", contact_words(desk.lists.code_words, details.channel, details.outcome)),
        ("Minutes", str(details.minutes or "")),
        ("Travel", f"{details.travel_minutes} minutes" if details.travel_minutes else ""),
        ("Where", details.place),
        ("Given", ", ".join(details.items)),
        ("By", contact.staff_name),
        ("Signed", _signed_words(desk, contact)),
    ]
    parts: list[QWidget] = [Facts([(name, words) for name, words in facts if words])]
    for name, words in details.note.parts.items():
        if len(details.note.parts) > 1:
            parts.append(label(name, "small"))
        parts.append(label(words, wraps=True))
    if details.note.written_together:
        parts.append(label("Written together with the person.", "second"))
    for one in contact.addenda:
        parts.append(label(f"Addendum, {one.by}, {desk.day_words(one.at)}", "small"))
        parts.append(label(one.text, wraps=True))
    return parts


def _signed_words(desk: Desk, contact: Contact) -> str:
    if contact.signed_at is None:
        return ""
    words = f"{contact.signed_by}, {desk.day_words(contact.signed_at)}"
    if contact.cosigned_at is None:
        return words
    return f"{words}; {contact.cosigned_by}, {desk.day_words(contact.cosigned_at)}"

"""Notes put into words: a line of a search, and the page that is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

from caseapp.documents.notes import NoteOnPaper, NotesData
from caseapp.domain.code_words import InWords
from caseapp.domain.contacts import Contact, contact_words
from caseapp.domain.day_words import minute_words, weekday_words
from caseapp.domain.names import fold
from caseapp.domain.notes import NoteFound
from caseapp.domain.staff import Agency
from caseapp.services.paper_words import agency_line

AROUND = 60
"""Letters shown before and after the first word that was found."""


def found(contact: Contact, names: Mapping[UUID, str], words: str) -> NoteFound:
    """A line of a search: who, when, and the words around the first hit."""
    text = "\n".join((contact.details.note.text, *(one.text for one in contact.addenda)))
    return NoteFound(
        contact_id=contact.id,
        person_ids=contact.details.person_ids,
        names=tuple(names[one] for one in contact.details.person_ids),
        at=contact.details.at,
        by=contact.staff_name,
        excerpt=excerpt(text, words),
        form=contact.details.note.form.value,
    )


def excerpt(text: str, words: str) -> str:
    """The part of a text that holds the first of the words, with dots where it was cut."""
    flat = " ".join(text.split())
    places = [place for word in fold(words).split() if (place := fold(flat).find(word)) >= 0]
    start = max(0, min(places, default=0) - AROUND)
    end = start + 2 * AROUND + 40
    head, tail = "…" if start else "", "…" if end < len(flat) else ""
    return f"{head}{flat[start:end].strip()}{tail}"


def withheld(contact: Contact, words: str) -> Contact:
    """The contact without the words of its note, for a role that does not read them."""
    note = replace(contact.details.note, parts={"Note": words})
    return replace(contact, details=replace(contact.details, note=note), addenda=())


def paper(
    contacts: Sequence[Contact],
    *,
    zone: ZoneInfo,
    said: InWords,
    agency: Agency,
    person: str,
    recipient: str,
    left_out: int,
    notice: str,
    foot: str,
) -> NotesData:
    """What the printed notes say, oldest first."""
    ordered = sorted(contacts, key=lambda one: one.details.at)
    return NotesData(
        agency=agency_line(agency),
        person=person,
        recipient=recipient,
        notes=tuple(_on_paper(one, zone, said) for one in ordered),
        left_out=left_out,
        notice=notice,
        foot=foot,
    )


def _on_paper(contact: Contact, zone: ZoneInfo, said: InWords) -> NoteOnPaper:
    details = contact.details
    local = details.at.astimezone(zone)
    facts = [
        ("By", contact.staff_name),
        ("Place", details.place),
        ("Minutes", str(details.minutes) if details.minutes else ""),
        ("Given", ", ".join(details.items)),
    ]
    if contact.is_late_entry:
        facts.append(("Late entry", f"written {minute_words(contact.written_at.astimezone(zone))}"))
    when = f"{weekday_words(local, with_year=True)} {local:%H:%M}"
    return NoteOnPaper(
        title=f"{when}   {contact_words(said, details.channel, details.outcome)}",
        facts=tuple((name, value) for name, value in facts if value),
        parts=tuple(details.note.parts.items()),
        addenda=tuple(
            (f"Addendum, {one.by}, {minute_words(one.at.astimezone(zone))}", one.text)
            for one in contact.addenda
        ),
        signatures=_signatures(contact, zone),
    )


def _signatures(contact: Contact, zone: ZoneInfo) -> str:
    if contact.signed_at is None:
        return "Not signed yet"
    words = f"Signed by {contact.signed_by}, {minute_words(contact.signed_at.astimezone(zone))}"
    if contact.cosigned_at is not None:
        words += f"; co-signed by {contact.cosigned_by}, {minute_words(contact.cosigned_at.astimezone(zone))}"
    return words

"""Saving a contact: what the journal tells of it, and how little the database is asked."""

from sqlalchemy import event

from caseapp.domain.contacts import NoteText
from tests.builders import a_contact, a_person

STATEMENTS = 13
"""The beginning, who is here still, the seal, links, case, co-signing, three rows, drafts, head, entry."""


def test_a_save_stands_in_the_journal_row_by_row(worker):
    person_id = worker.people.add(details=a_person())
    logged = worker.contacts.log(
        details=a_contact(person_id, minutes=25, note=NoteText(parts={"Note": "Wants the intake."}))
    )
    with worker.context.read("journal") as work:
        [entry] = work.journal.find(record_ids=(logged.contact_id,), limit=200)
        about = work.journal.subjects([entry.seq])[entry.seq]
    contact, person, note = entry.detail["changes"]
    assert [one["table"] for one in (contact, person, note)] == ["contact", "contact_person", "note"]
    assert {one["did"] for one in (contact, person, note)} == {"added"}
    assert (contact["id"], person["id"]) == (logged.contact_id.hex, None)
    assert contact["fields"]["minutes"] == 25 and "version" not in contact["fields"]
    assert person["fields"] == {"contact_id": logged.contact_id.hex, "person_id": person_id.hex}
    assert note["fields"]["parts"] == {"Note": "Wants the intake."}
    assert {person_id, logged.contact_id} < set(about)
    assert entry.verb == "contact.log" and entry.actor_id == worker.context.actor.staff_id
    assert not worker.context.database.broken_links()


def test_a_save_asks_the_database_only_what_it_needs(worker):
    person_id, asked = worker.people.add(details=a_person()), []
    event.listen(
        worker.context.database.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: asked.append(statement),
    )
    details = a_contact(person_id, note=NoteText(parts={"Note": "Wants the intake."}))
    worker.contacts.log(details=details)
    assert 0 < len(asked) <= STATEMENTS

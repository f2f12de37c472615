"""The two databases: what is said to each in its own way, and that it is said in one place."""

from pathlib import Path
from uuid import uuid4

from sqlalchemy.dialects import postgresql

import caseapp.store
from caseapp.store import dialects

_FILE = {"engine.py", "backup.py", "verify.py", "migrate.py"}
"""What keeps the encrypted file itself speaks of SQLite alone."""


def test_a_query_speaks_of_a_database_in_one_place():
    store = Path(caseapp.store.__file__).parent
    telling = [
        path.name
        for path in store.glob("*.py")
        if path.name not in _FILE
        and any(
            word in path.read_text(encoding="utf-8") for word in ('"postgresql"', '"sqlite"', "dialect.name")
        )
    ]
    assert telling == ["dialects.py"]


def test_notes_of_some_people_are_asked_for_in_both():
    people = [uuid4(), uuid4()]
    query, values = dialects.notes_holding("postgresql", ("red", "park"), people, most=7)
    said = query.compile(dialect=postgresql.dialect())
    assert values == {"words": "red:* & park:*"}
    assert "contact_person.person_id IN" in str(said) and people in said.params.values()
    every, _values = dialects.notes_holding("postgresql", ("red",), (), most=7)
    assert "contact_person" not in str(every.compile(dialect=postgresql.dialect()))
    _query, values = dialects.notes_holding("sqlite", ("red", "park"), people, most=7)
    assert values == {"words": '"red"* AND "park"*', "most": 7, "people": people}

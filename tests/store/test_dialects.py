"""What a query says differently to the two databases stands in one place."""

from pathlib import Path

import caseapp.store

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

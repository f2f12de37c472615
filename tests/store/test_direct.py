"""What is asked of the driver itself answers and fails as everything else."""

import pytest
from sqlalchemy import exc

from caseapp.store import direct
from caseapp.store.failures import Damaged
from tests import builders


@pytest.fixture
def connection(made_database, tmp_path):
    signed_in = builders.open_as_administrator(
        builders.copy_database(made_database, tmp_path / "agency.caseapp")
    )
    with signed_in.context.database.engine.connect() as opened:
        yield opened
    signed_in.close()


def test_answers_with_the_values_it_was_given(connection):
    values = {"one": "O'Neil", "other": b"\x00\xff"}
    assert direct.rows(connection, "SELECT :one, :other, 3", values) == [("O'Neil", b"\x00\xff", 3)]


def test_tells_a_failure_as_every_other_statement_does(connection):
    with pytest.raises(exc.OperationalError, match="no such table"):
        direct.rows(connection, "SELECT 1 FROM nowhere WHERE id = :one", {"one": 1})


def test_a_page_that_was_tampered_with_is_told_as_damage(connection, tmp_path):
    path = tmp_path / "agency.caseapp"
    whole = bytearray(path.read_bytes())
    for page in range(4096 * 3, len(whole), 4096):
        whole[page + 100] ^= 0xFF
    path.write_bytes(whole)
    with pytest.raises(Damaged):
        direct.rows(
            connection, "SELECT count(*) FROM person_facts NOT INDEXED WHERE content <> :no", {"no": ""}
        )

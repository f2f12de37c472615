import time

import pytest

from caseapp.services import session
from caseapp.services.desk import build_services
from caseapp.system import keys
from db.demo import bulk
from tests import builders


def opened(path):
    return session.sign_in(path, login="admin", password=bulk.PASSWORD, cost=keys.LOWEST_COST)


def test_makes_people_who_are_found_and_have_a_history_of_their_own(tmp_path):
    done = []
    bulk.make(tmp_path / "big.caseapp", people=300, now=builders.NOW, progress=done.append)
    assert done[-1] == 300
    signed_in = opened(tmp_path / "big.caseapp")
    services = build_services(signed_in)
    checked = services.maintenance.verify()
    assert checked.ok and checked.journal_entries >= 300
    some = [one for one in services.people.recent(limit=300) if one.details.names]
    assert len(some) > 200
    known = some[17]
    hits = services.search.find(query=known.details.names[0].full)
    assert known.id in {hit.record_id for hit in hits}
    (entry,) = builders.journaled(signed_in, known.id)
    assert {change["table"] for change in entry.detail["changes"]} >= {"person", "person_name"}
    assert sum(change["table"] == "person" for change in entry.detail["changes"]) == 1
    signed_in.close()


def test_leaves_no_file_when_it_is_interrupted(tmp_path):
    def stop(_done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.make(tmp_path / "big.caseapp", people=10, now=builders.NOW, progress=stop)
    assert not list(tmp_path.iterdir())


@pytest.mark.long
def test_makes_a_hundred_thousand_within_two_minutes(tmp_path):
    start = time.monotonic()
    bulk.make(tmp_path / "big.caseapp", now=builders.NOW)
    assert time.monotonic() - start < 120
    assert (tmp_path / "big.caseapp").stat().st_size > 10**8


def test_adds_a_year_of_calls_and_contacts_for_measuring(tmp_path):
    from caseapp.services.context import utc_now
    from caseapp.services.desk import build_services
    from db.demo import bulk_calls
    from db.demo.agency import MAKER, PASSWORD

    path = tmp_path / "year.caseapp"
    bulk.make(path, people=20, now=utc_now())
    opened = session.sign_in(path, login=MAKER[0], password=PASSWORD, cost=keys.LOWEST_COST)
    bulk_calls.add_year(opened.context, calls=50, contacts=80)
    services = build_services(opened)
    assert len(builders.calls_of(services)) == 50
    assert services.maintenance.verify().ok
    opened.close()

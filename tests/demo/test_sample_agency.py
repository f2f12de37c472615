"""The sample agency is made through the services, so that making it with many seeds tests them too."""

import os
import re
from datetime import UTC, datetime, timedelta

import pytest

from caseapp.domain.access import Role
from caseapp.domain.follow_ups import Due
from caseapp.domain.referrals import Step
from caseapp.services import session
from caseapp.services.desk import build_services
from db.demo import agency
from tests import builders

pytestmark = pytest.mark.early
NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def a_sample(tmp_path, *, people=60, seed=7, now=NOW):
    path = tmp_path / f"sample-{seed}-{people}.caseapp"
    agency.make(path, people=people, seed=seed, now=now)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A sample large enough for everything to happen in it, once for all that look at it."""
    return a_sample(tmp_path_factory.mktemp("sample"), people=120)


@pytest.fixture
def sample(made, tmp_path):
    """A copy to work in."""
    return builders.copy_database(made, tmp_path / made.name)


def opened(path, login="dana"):
    return session.sign_in(path, login=login, password=agency.PASSWORD, now=lambda: NOW)


def told(services):
    """What the agency looks like, without ids."""
    lines = sorted((one.number, one.type_text, one.place, one.people) for one in builders.calls_of(services))
    people = sorted(one.display_name for one in services.people.recent(limit=10_000))
    cases = sorted(
        (row.case.number, row.case.person_name, row.next_step) for row in services.cases.caseload()
    )
    return lines, people, cases


SPRING = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
EVERY = [(seed, now) for seed in range(30) for now in (NOW, SPRING)]


@pytest.mark.parametrize(
    ("seed", "now"), EVERY if os.environ.get("CASEAPP_LONG_TESTS") else [(0, NOW), (1, SPRING), (2, NOW)]
)
def test_is_made_from_any_seed_on_any_day(tmp_path, seed, now):
    assert a_sample(tmp_path, people=20, seed=seed, now=now).stat().st_size > 100_000


def test_looks_like_an_agency(sample):
    signed_in = opened(sample)
    services = build_services(signed_in)
    page = services.today.page()
    assert page.count(Due.OVERDUE) and page.count(Due.TODAY) and page.new and page.waiting
    assert {member.details.role for member in services.staff.list_staff()} == set(Role)
    assert {one.step for one in services.referrals.open_ones()} >= {
        Step.OFFERED,
        Step.SENT,
        Step.AGENCY_ACCEPTED,
    }
    models = {model for line in builders.calls_of(services) for model in line.models}
    assert len(models) >= 7
    people = services.people.recent(limit=1000)
    assert 108 <= len(people) <= 130
    phones = [point.value for one in people for point in one.details.points]
    assert all(re.fullmatch(r"\(\d{3}\) 555-01\d\d|.+@example\.org", value) for value in phones)
    assert not [line for line in builders.calls_of(services) if line.received_at > NOW]
    assert len(services.directory.find()) >= 45
    signed_in.close()


def test_is_the_same_from_the_same_seed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    seen = []
    for folder in ("a", "b"):
        signed_in = opened(a_sample(tmp_path / folder, people=16, seed=11))
        seen.append(told(build_services(signed_in)))
        signed_in.close()
    assert seen[0] == seen[1]


def test_offers_candidates_for_last_nights_callers(sample):
    signed_in = opened(sample)
    services = build_services(signed_in)
    waiting = [one for one in services.today.page().new if one.person_id is None]
    assert len(waiting) == 7 and all(NOW - one.received_at < timedelta(hours=30) for one in waiting)
    assert any(services.encounters.candidates(encounter_id=one.encounter_id) for one in waiting)
    signed_in.close()


def test_holds_people_who_stand_twice_for_the_review_to_find(sample):
    signed_in = opened(sample)
    services = build_services(signed_in)
    found = services.recognition.look(progress=lambda *_facts: True)
    assert 4 <= found.waiting <= 12
    signed_in.close()

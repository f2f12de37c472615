"""A shelter's phone, before any weights were learned: it says little of anybody, and a person's own says much."""

import pytest

from caseapp.domain.matching.traits import Traits
from tests import builders
from tests.crowd import FAMILY, GIVEN
from tests.town import named

SHELTERS, OWN, ANOTHERS = "(541) 555-0100", "(541) 555-0177", "(541) 555-0188"


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    file = builders.make_agency(tmp_path_factory.mktemp("shelter") / "agency.caseapp")
    signed_in = builders.open_as_administrator(file)
    services = builders.services_of(signed_in)
    for given, family in zip(GIVEN, FAMILY, strict=False):
        services.people.add(details=named(given, family, phone=SHELTERS))
        services.people.add(details=named(f"{given}a", f"{family}s", phone=SHELTERS))
    first, *others = [services.people.add(details=named("Paz", "Quill", phone=OWN)) for _ in range(14)]
    for other in others:
        services.links.link(left_id=first, right_id=other, reason="one person")
    services.people.add(details=named("Uma", "Tull", phone=ANOTHERS))
    yield services
    signed_in.close()


def offered(worker, *names, phone):
    return worker.people.candidates(traits=Traits(names=names, phones=(phone,)))


@pytest.mark.parametrize("name", ["Benedicta Szymanski", "Thelonius Abernathy"])
def test_nobody_is_offered_to_somebody_new_for_it(worker, name):
    assert offered(worker, name, phone=SHELTERS) == []


def test_whoever_is_known_by_it_is_still_found_by_their_name(worker):
    assert [one.name for one in offered(worker, f"{GIVEN[0]} {FAMILY[0]}", phone=SHELTERS)][:1] == [
        f"{GIVEN[0]} {FAMILY[0]}"
    ]


def test_linked_records_count_once_so_that_their_own_phone_still_tells_who_it_is(worker):
    (of_many,), (of_one,) = offered(worker, phone=OWN), offered(worker, phone=ANOTHERS)
    assert (of_many.name, of_one.name) == ("Paz Quill", "Uma Tull")
    assert of_many.percent == of_one.percent > 50

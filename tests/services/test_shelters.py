"""What a shelter's people share says little of anybody, before any weights were learned; one's own says much."""

from dataclasses import replace

import pytest

from caseapp.domain.matching.traits import Traits
from caseapp.domain.people import PersonPlace
from tests import builders
from tests.crowd import FAMILY, GIVEN
from tests.town import named

PLACE = "100 Shelter Way"
SHELTERS, OWN, ANOTHERS = "(541) 555-0100", "(541) 555-0177", "(541) 555-0188"


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    file = builders.make_agency(tmp_path_factory.mktemp("shelter") / "agency.caseapp")
    signed_in = builders.open_as_administrator(file)
    services = builders.services_of(signed_in)
    for given, family in zip(GIVEN, FAMILY, strict=False):
        for one in (named(given, family, phone=SHELTERS), named(f"{given}a", f"{family}s", phone=SHELTERS)):
            services.people.add(details=replace(one, places=(PersonPlace("stays", PLACE),)))
    first, *others = [services.people.add(details=named("Paz", "Quill", phone=OWN)) for _ in range(14)]
    for other in others:
        services.links.link(left_id=first, right_id=other, reason="one person")
    services.people.add(details=named("Uma", "Tull", phone=ANOTHERS))
    yield services
    signed_in.close()


def offered(worker, *names, **traits):
    return worker.people.candidates(traits=Traits(names=names, **traits))


@pytest.mark.parametrize("shared", [{"phones": (SHELTERS,)}, {"place": PLACE}])
@pytest.mark.parametrize("name", ["Benedicta Szymanski", "Thelonius Abernathy"])
def test_nobody_is_offered_to_somebody_new_for_it(worker, name, shared):
    assert offered(worker, name, **shared) == []


@pytest.mark.parametrize("shared", [{"phones": (SHELTERS,)}, {"place": PLACE}])
def test_whoever_is_known_by_it_is_still_found_by_their_name(worker, shared):
    name = f"{GIVEN[0]} {FAMILY[0]}"
    assert [one.name for one in offered(worker, name, **shared)][:1] == [name]


def test_linked_records_count_once_so_that_their_own_phone_still_tells_who_it_is(worker):
    (of_many,), (of_one,) = offered(worker, phones=(OWN,)), offered(worker, phones=(ANOTHERS,))
    assert (of_many.name, of_one.name) == ("Paz Quill", "Uma Tull")
    assert of_many.percent == of_one.percent > 50

from datetime import date
from uuid import UUID

import pytest

from caseapp.domain.births import Birth, Precision
from caseapp.domain.directory import Service
from caseapp.domain.eligibility import Fit, Traits, assess, traits_of
from caseapp.domain.people import Identifier, LivingSituation
from tests.builders import TODAY, a_person


def a_service(**changes):
    return Service(UUID(int=1), 1, UUID(int=2), "Harbor", "Beds", **changes)


@pytest.mark.parametrize(
    ("service", "person", "fit"),
    [
        (a_service(), Traits(), Fit.MEETS),
        (a_service(minimum_age=18), Traits(age=18), Fit.MEETS),
        (a_service(minimum_age=18), Traits(age=17), Fit.FAILS),
        (a_service(minimum_age=18), Traits(), Fit.UNKNOWN),
        (a_service(minimum_age=18), Traits(age=16, is_age_exact=False), Fit.UNKNOWN),
        (a_service(maximum_age=24), Traits(age=25), Fit.FAILS),
        (a_service(for_veterans=True), Traits(is_veteran=True), Fit.MEETS),
        (a_service(for_veterans=True), Traits(is_veteran=False), Fit.FAILS),
        (a_service(for_veterans=True), Traits(), Fit.UNKNOWN),
        (a_service(living=("116", "101")), Traits(living="116"), Fit.MEETS),
        (a_service(living=("116", "101")), Traits(living="410"), Fit.FAILS),
        (a_service(insurance=("medicaid",)), Traits(insurance=frozenset({"medicaid"})), Fit.MEETS),
        (a_service(insurance=("medicaid",)), Traits(insurance=frozenset({"private"})), Fit.FAILS),
        (a_service(insurance=("medicaid",)), Traits(), Fit.UNKNOWN),
        (a_service(insurance=("medicaid", "none-needed")), Traits(), Fit.MEETS),
        (a_service(languages=("Spanish",)), Traits(languages=("spanish",)), Fit.MEETS),
        (a_service(languages=("Spanish",)), Traits(languages=("Hmong",)), Fit.UNKNOWN),
    ],
)
def test_answers_criterion_by_criterion(service, person, fit):
    found = assess(service, person)
    assert found.fit is fit
    assert bool(found.words) is (fit is not Fit.MEETS)


def test_one_no_outweighs_what_is_not_known():
    found = assess(a_service(minimum_age=65, for_veterans=True), Traits(age=30))
    assert found.fit is Fit.FAILS and found.words == "for 65 and older"


def test_reads_the_record_of_a_person():
    details = a_person(
        birth=Birth(date(1976, 3, 2), Precision.ESTIMATED),
        veteran="declined",
        living=(LivingSituation("410", to_on=TODAY), LivingSituation("116")),
        identifiers=(Identifier("medicaid", "X1"),),
    )
    found = traits_of(details, today=TODAY)
    assert (found.age, found.is_age_exact, found.is_veteran, found.living) == (50, False, None, "116")
    assert found.insurance == {"medicaid"}

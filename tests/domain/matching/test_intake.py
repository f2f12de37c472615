"""The people somebody may be, likeliest first, as fields are typed."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.births import Birth
from caseapp.domain.matching.blocks import WEIGHT_OF
from caseapp.domain.matching.intake import AT_MOST, SHOWN, least_of, rank, telling_keys, wanted_keys
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.traits import Traits, profile_of
from caseapp.domain.people import Name, NameKind
from tests.builders import TODAY, a_person


def test_more_than_is_offered_by_itself_is_asked_for():
    assert least_of(AT_MOST) == SHOWN and least_of(AT_MOST + 1) == 0.0


ID = UUID(int=7)


def ranked(traits, details, met_at=(), known=50):
    people = [(ID, profile_of(details, met_at=met_at))]
    return rank(traits.profile(today=TODAY), people, Model(), known=known)


def chance(traits, details, **more):
    found = ranked(traits, details, **more)
    return found[0].probability if found else 0.0


class TestIntake:
    def test_knows_the_same_name_and_birth_date(self):
        traits = Traits(names=("James Okafor",), birth_date=date(1976, 3, 2))
        assert chance(traits, a_person(), known=1_000_000) > 0.99

    def test_takes_the_words_in_any_order(self):
        assert chance(Traits(names=("Okafor, James",)), a_person()) > 0.8
        assert chance(Traits(names=("Okafor James",)), a_person()) > 0.5

    def test_knows_a_short_form_with_a_fitting_age_and_place(self):
        traits = Traits(names=("Jamie",), age=50, place="Lincoln Park", seen_on=TODAY)
        (found,) = ranked(traits, a_person(), met_at=("Lincoln Park",))
        assert found.probability > 0.8
        assert {"first name a known short form", "age fits", "same address or place"} <= set(found.reasons)

    def test_offers_nobody_with_another_birth_date_of_another_generation(self):
        assert not ranked(
            Traits(names=("James Okafor",), birth_date=date(1999, 11, 21)), a_person(), known=5000
        )

    def test_offers_nobody_for_a_common_first_name_alone(self):
        assert not ranked(Traits(names=("James",)), a_person(), known=5000)

    def test_counts_what_is_missing_neither_way(self):
        bare = a_person(birth=None, points=())
        traits = Traits(names=("James Okafor",), birth_date=date(1976, 3, 2), phones=("541 555 0142",))
        assert chance(traits, bare) == chance(Traits(names=("James Okafor",)), bare)

    @pytest.mark.parametrize(("told", "is_likelier"), [("Jimmbo Okafor", True), ("James Okafor", False)])
    def test_a_first_name_that_nobody_has_may_stand_for_another(self, told, is_likelier):
        people = [(ID, profile_of(a_person()))]
        wanted = Traits(names=(told,)).profile(today=TODAY)
        firsts = {name.given[0] for name in wanted.names}
        (heard,), (unheard,) = (
            rank(wanted, people, Model(), known=50, least=0.0, unheard=words) for words in (set(), firsts)
        )
        assert (unheard.probability > heard.probability) is is_likelier

    def test_says_that_day_and_month_are_swapped(self):
        traits = Traits(names=("James Okafor",), birth_date=date(1976, 2, 3))
        (found,) = ranked(traits, a_person(birth=Birth(date(1976, 3, 2))))
        assert "birth day and month swapped" in found.reasons

    def test_finds_a_former_name_too(self):
        person = a_person(
            names=(
                Name(NameKind.FORMER, "Maria", "Lopez", do_not_use=True),
                Name(NameKind.CHOSEN, "Alex", "Lopez"),
            )
        )
        assert chance(Traits(names=("Maria Lopez",)), person) > 0.8

    def test_offers_five_at_most_best_first(self):
        people = [(UUID(int=n), profile_of(a_person())) for n in range(20)]
        found = rank(Traits(names=("James Okafor",)).profile(today=TODAY), people, Model(), known=20)
        assert len(found) == 5
        assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)

    def test_several_who_fit_alike_share_one_chance(self):
        """Somebody is one person at the most: of four who fit alike none is likely, though one of them is."""
        traits = Traits(names=("James Okafor",), birth_date=date(1976, 3, 2))
        alone = chance(traits, a_person())
        people = [(UUID(int=n), profile_of(a_person())) for n in range(4)]
        found = rank(traits.profile(today=TODAY), people, Model(), known=50)
        assert alone > 0.9 and len(found) == 4
        assert all(one.probability == pytest.approx(found[0].probability) for one in found)
        assert alone < sum(one.probability for one in found) < 1 and found[0].probability < 0.25

    @given(st.lists(st.sampled_from(("James", "Jim", "Jane", "Otis")), min_size=1, max_size=5))
    def test_all_chances_together_are_less_than_certainty(self, given):
        people = [(UUID(int=n), profile_of(a_person(one))) for n, one in enumerate(given)]
        found = rank(Traits(names=("James Okafor",)).profile(today=TODAY), people, Model(), known=20)
        assert sum(one.probability for one in found) < 1

    def test_shares_a_key_with_whom_it_should_find(self):
        stored = telling_keys(profile_of(a_person()))
        for traits in (
            Traits(names=("Jamie Okafor",)),
            Traits(names=("Jamie",), age=51, seen_on=TODAY),
            Traits(phones=("(541) 555-0142",)),
            Traits(birth_date=date(1976, 2, 3)),
        ):
            assert stored & wanted_keys(traits.profile(today=TODAY)), traits

    @given(st.text(), st.dates(), st.integers(0, 130))
    def test_takes_whatever_is_typed(self, text, day, age):
        for traits in (Traits(names=(text,), birth_date=day, place=text), Traits(names=(text,), age=age)):
            assert {key[0] for key in wanted_keys(traits.profile(today=TODAY))} <= WEIGHT_OF.keys()
            assert all(0 <= one.probability <= 1 for one in ranked(traits, a_person()))

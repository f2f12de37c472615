from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain import matching
from caseapp.domain.matching import Traits
from caseapp.domain.names import fold, phone_digits, sound, tokens
from caseapp.domain.people import Birth, Name, NameKind
from tests.builders import TODAY, a_person


def chance(traits, details, places=()):
    return matching.probability(matching.weigh(traits, details, places=places, today=TODAY))


class TestMatcher:
    def test_knows_the_same_name_and_birth_date(self):
        assert chance(Traits(names=("James Okafor",), birth_date=date(1976, 3, 2)), a_person()) > 0.99

    def test_takes_the_words_in_any_order(self):
        traits = Traits(names=("Okafor James",))
        assert chance(traits, a_person()) == chance(Traits(names=("James Okafor",)), a_person()) > 0.9

    def test_knows_a_short_form_with_a_fitting_age_and_place(self):
        traits = Traits(names=("Jamie",), age=50, place="Lincoln Park", seen_on=TODAY)
        evidence = matching.weigh(traits, a_person(), places=("Lincoln Park", "Lincoln Park"), today=TODAY)
        assert matching.probability(evidence) > 0.8
        assert "Jamie is a short form of James" in matching.reasons(evidence)

    def test_offers_nobody_with_another_birth_date(self):
        assert (
            chance(Traits(names=("James Okafor",), birth_date=date(1990, 1, 1)), a_person()) < matching.LIKELY
        )

    def test_offers_nobody_for_a_common_first_name_alone(self):
        assert chance(Traits(names=("James",)), a_person()) < matching.LIKELY

    def test_counts_what_is_missing_neither_way(self):
        bare = a_person(birth=None, points=())
        traits = Traits(names=("James Okafor",), birth_date=date(1976, 3, 2), phones=("541 555 0142",))
        assert chance(traits, bare) == chance(Traits(names=("James Okafor",)), bare)

    def test_says_that_day_and_month_are_swapped(self):
        found = matching.weigh(
            Traits(birth_date=date(1976, 2, 3)),
            a_person(birth=Birth(date(1976, 3, 2))),
            places=(),
            today=TODAY,
        )
        assert found[0].words == "birth day and month swapped"

    def test_finds_a_former_name_too(self):
        person = a_person(
            names=(
                Name(NameKind.FORMER, "Maria", "Lopez", do_not_use=True),
                Name(NameKind.CHOSEN, "Alex", "Lopez"),
            )
        )
        assert chance(Traits(names=("Maria Lopez",)), person) > 0.9


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other"), [("Phượng", "phuong"), ("José", "JOSE"), ("Đặng", "dang"), ("Weiß", "weiss")]
    )
    def test_meet_without_accents(self, one, other):
        assert fold(one) == fold(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("smith", "smyth"), ("stephen", "steven"), ("catherine", "katherine")]
    )
    def test_meet_by_sound(self, one, other):
        assert sound(one) == sound(other)

    @given(st.text())
    def test_give_folded_words_for_any_text(self, text):
        assert all(word == fold(word) for word in tokens(text))

    @pytest.mark.parametrize(
        ("text", "digits"),
        [
            ("+1 (541) 555-0142 x12", "5415550142"),
            ("541.555.0142", "5415550142"),
            ("911", ""),
            ("call me", ""),
        ],
    )
    def test_phones_in_any_format(self, text, digits):
        assert phone_digits(text) == digits

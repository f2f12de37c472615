"""How hard a text is to read, and that what people take home is easy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.forms import LANGUAGES, Texts
from caseapp.domain.reading import EASIEST_ASKED, count_syllables, grade
from caseapp.services import forms
from tests.builders import SHIPPED

FILLED = {
    "name": "Sam Sample",
    "worker": "Wendy Worker",
    "worker_phone": "(541) 555-0199",
    "agency": "Riverside Follow-up",
    "agency_phone": "(541) 555-0100",
    "next_day": "Tuesday 24 November, 10:30 AM",
    "next_step": "talk about a room",
    "place": "the library",
    "today": "Monday 23 November",
    "phone": "(541) 555-0100",
}


def texts(form, language):
    edition, shipped = forms.shipped(form, language)
    return Texts(language, edition, shipped, {})


@pytest.mark.parametrize(
    ("word", "language", "syllables"),
    [
        ("bring", "en", 1),
        ("table", "en", 2),
        ("called", "en", 1),
        ("needed", "en", 2),
        ("appointment", "en", 3),
        ("time", "en", 1),
        ("911", "en", 1),
        ("cita", "es", 2),
        ("día", "es", 2),
        ("guerra", "es", 2),
        ("quiere", "es", 2),
        ("ciudad", "es", 2),
        ("teléfono", "es", 4),
        ("hoy", "es", 1),
    ],
)
def test_counts_syllables_as_they_are_spoken(word, language, syllables):
    assert count_syllables(word, language) == syllables


def test_agrees_with_the_formula_worked_by_hand():
    """Two sentences of five words and six syllables each: 0.39 * 5 + 11.8 * 1.2 - 15.59."""
    text = "The dog is very big. The cat is very small."
    assert grade(text, "en") == pytest.approx(0.39 * 5 + 11.8 * 1.2 - 15.59)


def test_finds_the_language_of_offices_too_hard():
    office = (
        "Notwithstanding the aforementioned eligibility determination, participation in supplementary "
        "rehabilitation services necessitates documentation of residential circumstances."
    )
    oficina = (
        "La documentación correspondiente a la determinación de elegibilidad residencial deberá "
        "presentarse oportunamente ante la administración departamental competente."
    )
    assert grade(office, "en") > 12 and grade(oficina, "es") > EASIEST_ASKED


@settings(max_examples=30)
@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_grades_any_text_at_all(text, language):
    assert grade(text, language) == grade(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
class TestWhatPeopleTakeHome:
    def test_reads_at_grade_five_or_below_on_the_card(self, language):
        assert forms.card_grade(texts("papers", language)) <= EASIEST_ASKED

    @pytest.mark.parametrize("letter", ["follow-up", "missed", "caring"])
    def test_reads_at_grade_five_or_below_in_a_letter(self, language, letter):
        said = texts("letters", language)
        written = "\n".join(said.say(name, **FILLED) for name in (f"{letter}_text", "crisis"))
        assert grade(written, language) <= EASIEST_ASKED

    def test_reads_at_grade_five_or_below_in_the_safety_plan(self, language):
        said = texts("sheets", language).said()
        plan = (text for name, text in said.items() if name.startswith("plan_") and name != "plan_source")
        assert grade("\n".join(plan), language) <= EASIEST_ASKED

    def test_says_the_same_things_in_both_languages(self, language):
        for form in SHIPPED:
            assert set(texts(form, language).shipped) == set(texts(form, "en").shipped)

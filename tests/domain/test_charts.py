"""The parts of a figure as they are read: in their order, none left out of a day or a week, in words."""

from caseapp.domain.charts import ordered
from caseapp.domain.measures.group_words import code_of, words_of

SAID = {"co-response-called-in": "Co-response, called in", "cit": "CIT-trained police"}


def test_a_day_has_all_its_hours_and_a_week_its_days():
    hours = ordered("calls_by_hour", [("05:00", 1), ("23:00", None)])
    assert len(hours) == 24 and hours[4:6] == [("04:00", 0), ("05:00", 1)] and hours[-1] == ("23:00", None)
    days = ordered("calls_by_weekday", [("Sunday", 3), ("Monday", 2)])
    assert [name[:3] for name, _count in days] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert ordered("calls_by_hour", []) == []


def test_ages_begin_with_the_youngest_and_end_with_those_nobody_knows():
    parts = [("18 to 24", 4), ("65 and over", 5), ("not recorded", 6), ("under 18", 1)]
    read = [name for name, _count in ordered("people_by_age", parts)]
    assert read == ["under 18", "18 to 24", "65 and over", "not recorded"]


def test_who_went_together_is_told_in_words_and_found_again_by_them():
    group = "co-response-called-in + cit"
    assert words_of(group, SAID) == "Co-response, called in + CIT-trained police"
    assert code_of(words_of(group, SAID), SAID) == group
    assert words_of("not recorded", SAID) == "not recorded"

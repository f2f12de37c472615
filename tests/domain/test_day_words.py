import re
from datetime import UTC, date, datetime
from pathlib import Path

import caseapp
from caseapp.domain.day_words import (
    day_words,
    long_day,
    minute_words,
    short_day,
    spoken_time,
    weekday_words,
)

DAY = date(2026, 3, 2)
OWN_FORM = re.compile(
    r":[^}\"]*%-?d %[bB]|\.day\} \{[^}]*%b|_(words|day)\([^}]*\)\} \{[^}]*\.year\}|%[aA]\} \{\w+_words\("
)


def test_a_day_has_one_form_wherever_it_stands():
    said = [day_words(DAY), short_day(DAY), weekday_words(DAY), long_day(DAY)]
    assert said == ["2 Mar 2026", "2 Mar", "Mon 2 Mar", "Monday 2 March"]
    assert weekday_words(DAY, with_year=True) == "Mon 2 Mar 2026"
    assert long_day(DAY, with_year=True) == "Monday 2 March 2026"
    assert minute_words(datetime(2026, 3, 2, 9, 5, tzinfo=UTC)) == "2 Mar 2026 09:05"


def test_a_day_of_a_spanish_paper_is_in_spanish():
    assert [day_words(date(2026, month, 2), "es").split()[1] for month in range(1, 13)] == [
        *("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
    ]
    assert day_words(DAY, "es") == "2 mar 2026" and day_words(None, "es") == ""
    assert long_day(DAY, language="es") == "lunes 2 de marzo"
    assert long_day(DAY, with_year=True, language="es") == "lunes 2 de marzo de 2026"
    assert minute_words(datetime(2026, 3, 2, 9, 5, tzinfo=UTC), "es") == "2 mar 2026 09:05"


def test_an_hour_is_said_as_people_of_each_language_say_it():
    hours = [datetime(2026, 3, 2, hour, 5, tzinfo=UTC) for hour in (0, 9, 12, 15)]
    assert [spoken_time(at) for at in hours] == ["12:05 AM", "9:05 AM", "12:05 PM", "3:05 PM"]
    said = [spoken_time(at, "es").replace("\N{NO-BREAK SPACE}", " ") for at in hours]
    assert said == ["12:05 a. m.", "9:05 a. m.", "12:05 p. m.", "3:05 p. m."]


def test_says_nothing_where_no_day_is_known():
    assert day_words(None) == short_day(None) == ""


def test_no_other_file_puts_a_day_into_words_of_its_own():
    files = [one for one in Path(caseapp.__file__).parent.rglob("*.py") if one.name != "day_words.py"]
    own = [one.name for one in files if OWN_FORM.search(one.read_text(encoding="utf-8"))]
    assert len(files) > 100 and own == []

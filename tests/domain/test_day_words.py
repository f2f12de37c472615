import re
from datetime import UTC, date, datetime
from pathlib import Path

import caseapp
from caseapp.domain.day_words import day_words, long_day, minute_words, short_day, weekday_words

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


def test_says_nothing_where_no_day_is_known():
    assert day_words(None) == short_day(None) == ""


def test_no_other_file_puts_a_day_into_words_of_its_own():
    files = [one for one in Path(caseapp.__file__).parent.rglob("*.py") if one.name != "day_words.py"]
    own = [one.name for one in files if OWN_FORM.search(one.read_text(encoding="utf-8"))]
    assert len(files) > 100 and own == []

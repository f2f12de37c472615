"""What a layout can say beyond its columns: codes, rows to leave out, units of ours; and its file."""

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.exchange import calls_sheet, code_lists, layout_reading, layouts, our_units, sheet, skip_rules
from caseapp.exchange.layout_writing import content_of, toml
from caseapp.exchange.layouts import CODED, FIELDS, MODELS, Layout, Source
from caseapp.exchange.our_units import OurUnits, model_of
from caseapp.exchange.spellings import column_key
from caseapp.system.paths import resource
from tests.exchange.call_sheets import ZONE
from tests.exchange.reading import whole

COLUMNS = {"number": Source(("N",)), "received_at": Source(("T",))}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMED = TEXTS.filter(str.strip)
RULES = st.builds(
    OurUnits,
    st.sampled_from(["unit", "agency"]),
    NAMED,
    st.sampled_from(sorted(MODELS)),
    st.none() | st.dates(max_value=date(2020, 1, 1)),
    st.none() | st.dates(min_value=date(2020, 1, 1)),
)
SOURCES = st.builds(Source, st.lists(TEXTS, min_size=1, max_size=3).map(tuple)) | st.builds(
    Source, st.tuples(NAMED), takes=st.sampled_from(["code", "text"])
)
LAYOUTS = st.builds(
    Layout,
    name=NAMED,
    title=NAMED,
    centre=NAMED,
    fields=st.dictionaries(st.sampled_from(sorted(FIELDS)), SOURCES, min_size=1),
    signature=st.frozensets(TEXTS.map(column_key)),
    time_zone=st.sampled_from(["", "America/Chicago"]),
    constants=st.dictionaries(st.sampled_from(sorted(FIELDS)), TEXTS),
    midnight_is_day=st.none() | st.booleans(),
    day_first=st.none() | st.booleans(),
    to_minute=st.booleans(),
    keeps_undated=st.booleans(),
    codes=st.dictionaries(st.sampled_from(CODED), st.dictionaries(TEXTS, TEXTS, min_size=1)),
    ours=st.lists(RULES).map(tuple),
    others=st.sampled_from(["", *sorted(MODELS)]),
    skips=st.lists(
        st.builds(skip_rules.skip, TEXTS, st.sampled_from(skip_rules.TESTS), NAMED, NAMED), max_size=3
    ).map(tuple),
)


def read(text, layout):
    return whole(sheet.read(text.encode(), "x.csv"), layout, ZONE)


def layout(**more):
    return Layout("x", "x", {**COLUMNS, **more.pop("fields", {})}, **more)


class TestFile:
    @settings(max_examples=30)
    @given(LAYOUTS)
    def test_reads_back_what_it_wrote(self, made):
        assert layout_reading.of_content(tomllib.loads(toml(made)), "x.toml") == made
        assert layout_reading.of_content(content_of(made), "x.toml") == made

    def test_every_layout_that_comes_with_the_program_can_be_passed_on(self):
        for shipped in layout_reading.shipped(resource("layouts")):
            assert layout_reading.of_content(tomllib.loads(toml(shipped)), "x") == shipped

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ('dates = "sometimes"\n', "dates"),
            ('others = "dragons"\n', "others"),
            ('codes = "no"\n', "codes"),
            ('[codes.number]\n"1" = "2"\n', "codes.number"),
            ('[codes.source]\n"1" = 2\n', "codes.source"),
            ('ours = "no"\n', "ours"),
            ('[[ours]]\nlike = "1"\nmodel = "dragons"\n', "ours 1"),
            ('[[ours]]\nlike = "1"\nmodel = "cit"\nfrom = "soon"\n', "ours 1"),
            ('[[ours]]\nlike = "1"\nmodel = "cit"\nfrom = 2024-02-01\nto = 2024-01-01\n', "ours 1"),
            ('[[ours]]\nlike = "1"\nmodel = "cit"\ncolour = "red"\n', "ours 1"),
        ],
    )
    def test_names_the_key_that_is_wrong(self, text, key):
        head = 'name = "x"\ntitle = "X"\n'
        table, rest = ("", text) if text.startswith("[") else (text, "")
        content = tomllib.loads(f'{head}{table}[columns]\nnumber = "N"\n{rest}')
        with pytest.raises(layout_reading.BrokenLayout) as error:
            layout_reading.of_content(content, "x.toml")
        assert error.value.values["key"] == key


class TestCodes:
    def test_are_written_as_ours_in_any_spelling(self):
        made = layout(
            fields={"source": Source(("S",))}, codes={"source": {"self  INIT": "officer", "P": "911"}}
        )
        text = "N,T,S\nA1,2026-11-20 10:00,Self Init\nA2,2026-11-20 11:00,p\nA3,2026-11-20 12:00,Fax\n"
        assert [call.source for call in read(text, made).calls] == ["officer", "911", "Fax"]

    def test_reasons_that_become_one_stand_once(self):
        made = layout(fields={"reasons": Source(("A", "B"))}, codes={"reasons": {"SI": "Suicide"}})
        text = "N,T,A,B\nA1,2026-11-20 10:00,SI,Suicide\n"
        assert read(text, made).calls[0].reasons == ("Suicide",)

    def test_are_proposed_together_with_their_spellings(self):
        words = code_lists.Words(resource("recogniser", "code-words.toml"), [])
        counts = {"Engaged Client": 20, "Engaged  client": 3, "Enagged client": 1, "Ladder": 2, "Zone 11": 1}
        counts |= {"Zone 12": 1}
        found = code_lists.proposals(counts, lambda value: words.proposed("end_point", value))
        assert [one.value for one in found[:3]] == ["Engaged Client", "Engaged  client", "Enagged client"]
        assert {one.proposed for one in found[:3]} == {"Engaged client"}
        assert {one.value: one.proposed for one in found[3:]} == {"Ladder": "", "Zone 11": "", "Zone 12": ""}

    def test_learn_from_the_other_layouts(self):
        other = layout(codes={"source": {"QX": "988"}})
        words = code_lists.Words(resource("recogniser", "code-words.toml"), [other])
        assert words.proposed("source", "qx")[0] == "988"
        assert words.proposed("source", "SELF")[0] == "officer"
        assert words.proposed("source", "zz") == ("", "")


class TestUnits:
    RULES = (
        OurUnits("unit", "1J77, 3J*", "mobile-crisis", to_on=date(2021, 12, 31)),
        OurUnits("agency", "CAHE", "alternative-response", from_on=date(2022, 1, 1)),
    )

    @pytest.mark.parametrize(
        ("sign", "agency", "day", "model"),
        [
            ("_1j77", "EPD", date(2021, 12, 31), "mobile-crisis"),
            ("3J79", "EPD", date(2022, 1, 1), "police-only"),
            ("9Z", "cahe", date(2022, 1, 1), "alternative-response"),
            ("9Z", "CAHE", date(2021, 12, 31), "police-only"),
            ("11J77", "EPD", date(2020, 1, 1), "police-only"),
        ],
    )
    def test_are_ours_by_pattern_and_day(self, sign, agency, day, model):
        assert model_of(self.RULES, sign=sign, agency=agency, day=day, others="police-only") == model

    def test_of_one_row_each_get_their_model(self):
        made = layout(
            fields={"unit": Source(("U",), split="|"), "agency": Source(("A",))},
            ours=self.RULES,
            others="police-only",
        )
        text = "N,T,U,A\nA1,2020-05-01 10:00,3J79|P12,EPD\nA2,2022-05-01 10:00,3J79,EPD\n"
        found = read(text, made).calls
        assert [[unit.model for unit in call.responses] for call in found] == [
            ["mobile-crisis", "police-only"],
            ["police-only"],
        ]


class TestSkipRules:
    @given(
        st.sampled_from(skip_rules.TESTS[:3]),
        st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=9),
    )
    def test_say_again_what_was_asked(self, test, text):
        rule = skip_rules.skip("C", test, text, "x")
        assert skip_rules.in_words(rule) == (test, text)
        assert rule.pattern.search(text)

    def test_call_a_pattern_a_pattern(self):
        rule = layouts.Skip("c", layouts.re.compile("^(a|b)$"), "x")
        assert skip_rules.in_words(rule) == ("matches", "^(a|b)$")

    def test_are_proposed_for_cancelled_and_test_rows_with_counts(self):
        made = layout(fields={"disposition": Source(("D",))})
        text = "N,T,D\n" + "".join(
            f"A{n},2026-11-20 10:00,{word}\n"
            for n, word in enumerate(["Cancelled by caller", "Test Call", "Report", "Report"])
        )
        table = sheet.held(text.encode(), "x.csv")
        words = code_lists.Words(resource("recogniser", "code-words.toml"), [])
        converter = calls_sheet.Converter(table.header, made, ZONE)
        found = code_lists.values_of(table, made, converter, words, lambda _done: None)
        proposed = skip_rules.proposed(found, made)
        assert [(rule.reason, count) for rule, count in proposed] == [("cancelled", 1), ("test", 1)]
        again = whole(table, layout(fields=made.fields, skips=tuple(rule for rule, _n in proposed)), ZONE)
        assert again.skipped == {"cancelled": 1, "test": 1} and len(again.calls) == 2


class TestTypedRules:
    def test_of_units_keep_patterns_and_days_as_they_were_meant(self):
        said = {"by": "unit", "model": "alternative-response"}
        rule = our_units.typed(**said, like=" 1J77 ,, 3J*,", first="2026-01-05", last="1/31/2026")
        assert (rule.like, rule.from_on, rule.to_on) == ("1J77, 3J*", date(2026, 1, 5), date(2026, 1, 31))
        assert our_units.typed(**said, like="1J*", first=" ", last="") == OurUnits(
            "unit", "1J*", "alternative-response"
        )

    @pytest.mark.parametrize(
        ("like", "first", "last", "error"),
        [
            (" , ", "soon", "", our_units.PatternMissing),
            ("1J*", "soon", "", our_units.FirstDayUnreadable),
            ("1J*", "", "later", our_units.LastDayUnreadable),
            ("1J*", "2026-02-01", "2026-01-31", our_units.LastBeforeFirst),
        ],
    )
    def test_of_units_say_what_is_wrong(self, like, first, last, error):
        with pytest.raises(error):
            our_units.typed(by="unit", like=like, model="police", first=first, last=last)

    @given(st.dates(), st.dates())
    def test_of_units_hold_exactly_from_their_first_to_their_last_day(self, one, other):
        first, last = sorted((one, other))
        rule = our_units.typed(
            by="unit", like="1J*", model="police", first=first.isoformat(), last=last.isoformat()
        )
        assert (rule.from_on, rule.to_on) == (first, last) and rule.holds_on(first) and rule.holds_on(last)

    def test_for_rows_need_words_and_a_reason(self):
        rule = skip_rules.typed("Disp", "begins with", "  Cancelled by ", " called  off ")
        assert (rule.reason, skip_rules.in_words(rule)) == ("called off", ("begins with", "Cancelled by"))
        assert skip_rules.typed("Disp", skip_rules.IS_EMPTY, "", "void").reason == "void"
        with pytest.raises(skip_rules.TextMissing):
            skip_rules.typed("Disp", "is", "  ", "void")
        with pytest.raises(skip_rules.ReasonMissing):
            skip_rules.typed("Disp", "is", "Cancelled", "  ")


def test_dates_can_be_said_to_have_the_day_first():
    text = "N,T\nA1,05/12/2026 10:00\n"
    assert read(text, layout(day_first=True)).calls[0].received_at.month == 12
    assert read(text, layout(day_first=False)).calls[0].received_at.month == 5


def test_the_class_extract_of_eugene_has_a_call_for_all_its_units():
    head = "Call_Created_Time,Call_First_Dispatched_Time,Call_Cleared,Call_Priority,Unit_Dispatched_Time"
    rows = (
        "1/2/2019 3:04:05,1/2/2019 3:06:00,1/2/2019 4:00:00,2,1/2/2019 3:06:00,NULL,1/2/2019 4:00:00",
        "1/2/2019 3:04:05,1/2/2019 3:06:00,1/2/2019 4:00:00,2,1/2/2019 3:10:00,1/2/2019 3:20:00,NULL",
        "1/2/2019 3:04:06,NULL,1/2/2019 3:05:00,9,NULL,NULL,NULL",
    )
    text = "\n".join([f"{head},Unit_OnScene_Time,Unit_Cleared", *rows])
    table = sheet.held(text.encode(), "x.csv")
    made = layouts.recognise(table.header, layout_reading.shipped(resource("layouts")))
    assert made is not None and made.name == "eugene-class-extract"
    first, second = sorted(whole(table, made, ZONE).calls, key=lambda call: call.received_at)
    assert (first.dispatched_at.minute, first.on_scene_at.minute, first.priority) == (6, 20, "2")
    assert second.dispatched_at is None

"""The list of calls: every filter against the same rule written out by hand, and pages that make a whole."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.access import Role, Sealed
from caseapp.domain.call_filters import CallFilter, Mark, whole_days
from caseapp.domain.calls import Model, UnitResponse
from caseapp.domain.units import UnitDetails
from caseapp.store.tables.calls import EncounterRow
from tests import builders
from tests.builders import NOW, a_call, a_person, an_encounter

TYPES = ("Welfare check", "Trespass", "Überdosis", "100% sure_thing")
PLACES = ("Oak St", "oak st & 5th", "Station Plaza")
UNITS = (UnitResponse("A2", Model.ALTERNATIVE), UnitResponse("P1", Model.POLICE), UnitResponse("X9"))


@pytest.fixture
def town(admin):
    """Forty calls, some in the same instant, with people known, to link, handed on, or none."""
    random = Random(3)
    admin.units.add(details=UnitDetails("A2", "A2", Model.ALTERNATIVE, is_ours=True))
    admin.units.add(details=UnitDetails("B2", "B2", Model.ALTERNATIVE, "Other"))
    units = (*UNITS, UnitResponse("B2", Model.ALTERNATIVE))
    person = admin.people.add(details=a_person())
    made = {}
    for number in range(40):
        call = a_call(
            f"26-{number:03d}",
            received_at=NOW - timedelta(hours=random.randrange(0, 60) * 2),
            type_text=random.choice(TYPES),
            place=random.choice(PLACES),
            source=random.choice(("911", "988")),
            disposition=random.choice(("", "Assisted")),
            responses=(random.choice(units),),
        )
        call_id = admin.calls.add(call=call)
        known, handed = random.random() < 0.5, random.random() < 0.2
        encounter = admin.encounters.add(
            call_id=call_id, details=an_encounter("Kim"), person_id=person if known else None
        )
        stand(admin, encounter, "handed" if handed else "seen")
        made[call_id] = (call, known, handed)
    return admin, made, person


def stand(services, encounter_id, triage):
    with services.context.write("test") as work:
        work.session_of_bulk().get(EncounterRow, encounter_id).triage = triage
        work.commit()


def meets(where, call, known, handed):
    texts = [text.lower() for text in (call.number, call.type_text, call.place, call.disposition)]
    return (
        all(any(word.lower() in text for text in texts) for word in where.words.split())
        and (where.after is None or call.received_at > where.after)
        and (where.until is None or call.received_at <= where.until)
        and where.type_text in ("", call.type_text)
        and where.source in ("", call.source)
        and where.disposition in ("", call.disposition)
        and (not where.is_ours or call.responses[0].call_sign == "A2")
        and (not where.has_unlinked or not known)
        and (not where.needs_triage or handed)
    )


def test_every_filter_keeps_what_the_rule_keeps_page_by_page(town):
    services, made, _person = town
    lists = services.calls
    wheres = [
        CallFilter(words=words, type_text=kind, source=source, is_ours=ours, has_unlinked=link)
        for words, kind, source, ours, link in product(
            ("", "OAK", "überdosis 26", "% sure_", "nowhere"),
            ("", "Trespass"),
            ("", "988"),
            (False, True),
            (False, True),
        )
    ]
    wheres += [
        CallFilter(after=NOW - timedelta(hours=60), until=NOW - timedelta(hours=20), disposition="Assisted"),
        CallFilter(needs_triage=True),
        CallFilter(needs_triage=True, has_unlinked=True, is_ours=True),
    ]
    for where in wheres:
        wanted = sorted(
            ((call.received_at, call_id) for call_id, (call, *of) in made.items() if meets(where, call, *of)),
            reverse=True,
        )
        whole = lists.page(where=where, limit=100)
        assert [(one.received_at, one.id) for one in whole] == wanted, where
        count = lists.count(where=where)
        assert count.calls == len(wanted)
        assert count.to_link == sum(one.to_link for one in whole)
        pages, behind = [], None
        while part := lists.page(where=where, behind=behind, limit=7):
            pages += part
            behind = Mark(part[-1].received_at, part[-1].id)
        assert pages == whole
        for place, one in enumerate(whole):
            assert place % 5 or lists.place_of(call_id=one.id, where=where) == place


def test_pages_behind_a_mark_can_be_skipped(town):
    lists = town[0].calls
    whole = lists.page(where=CallFilter(), limit=100)
    mark = Mark(whole[4].received_at, whole[4].id)
    assert lists.page(where=CallFilter(), behind=mark, skip=10, limit=5) == whole[15:20]


def test_a_call_that_the_filter_leaves_out_has_no_place(town):
    services, made, _person = town
    call_id = next(iter(made))
    assert services.calls.place_of(call_id=call_id, where=CallFilter(words="nowhere")) is None


def test_calls_of_a_person_are_told_only_to_who_may_open_them(town, signed_in, worker):
    services, made, person = town
    known = sum(of[0] for _call, *of in made.values())
    assert services.calls.count(where=CallFilter(person_id=person)).calls == known
    sealed = worker.people.add(details=a_person("Lee", "Chan", is_restricted=True))
    other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
    for verb in (other.calls.page, other.calls.count):
        with pytest.raises(Sealed):
            verb(where=CallFilter(person_id=sealed))


def test_words_to_choose_from_are_those_on_record(town):
    words = town[0].calls.list_words()
    assert words.types == tuple(sorted(TYPES, key=str.casefold)) and words.dispositions == ("Assisted",)


ZONE = ZoneInfo("America/Los_Angeles")


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 400),
    st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1), timezones=st.just(ZONE)),
)
def test_whole_days_hold_every_instant_of_both_days_and_no_other(first, days, at):
    last = first + timedelta(days=days)
    after, until = whole_days(first, last, ZONE)
    assert (after < at <= until) == (first <= at.date() <= last)


def test_to_triage_is_the_queue_of_triage_by_the_agencys_own_rules(town):
    services, _made, _person = town
    call_id = services.calls.add(call=a_call("26-900", received_at=NOW - timedelta(hours=60)))
    services.encounters.add(call_id=call_id, details=an_encounter("Lo"))

    def listed():
        found = services.calls.page(where=CallFilter(needs_triage=True))
        assert {one.id for one in found} == {one.call_id for one in services.triage.waiting()}
        return {one.id for one in found}

    assert call_id not in listed()
    services.triage.change_rules(rules=replace(services.triage.rules(), within_hours=72))
    assert call_id in listed()
    services.triage.change_rules(rules=replace(services.triage.rules(), models=frozenset({"cit"})))
    listed()

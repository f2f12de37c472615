from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.consents import (
    Consent,
    ConsentIncomplete,
    ConsentKind,
    InformationKind,
    SignatureKind,
    check,
    is_in_force,
    missing_elements,
)
from caseapp.domain.disclosures import (
    Basis,
    EmergencyFacts,
    EmergencyFactsMissing,
    Ground,
    Item,
    ReasonMissing,
    decide_disclosure,
)
from tests import builders
from tests.builders import NOW, TODAY

ITEMS = (
    Item("person", "Name", InformationKind.IDENTITY),
    Item("substance", "Substance use", InformationKind.SUBSTANCE_USE),
)


def a_consent(*, revoked=False, **changes):
    values = {"starts_on": TODAY - timedelta(days=10), "expires_on": TODAY + timedelta(days=10), **changes}
    details = builders.a_consent(**values)
    return Consent(UUID(int=1), 1, UUID(int=2), details, revoked_at=NOW if revoked else None)


def rule(*consents, recipient="harbor  DETOX", ground=None):
    return decide_disclosure(items=ITEMS, recipient=recipient, consents=consents, today=TODAY, ground=ground)


class TestByConsent:
    def test_lets_all_go_and_asks_for_the_notice(self):
        ruling = rule(a_consent())
        assert ruling.allowed == ITEMS and ruling.needs_notice

    def test_holds_substance_use_back_on_a_plain_release(self):
        ruling = rule(a_consent(kind=ConsentKind.RELEASE))
        assert [item.key for item in ruling.held_back] == ["substance"] and not ruling.needs_notice

    @pytest.mark.parametrize(
        "consent",
        [
            a_consent(revoked=True),
            a_consent(expires_on=TODAY - timedelta(days=1)),
            a_consent(starts_on=TODAY + timedelta(days=1)),
            a_consent(recipients=("Somebody else",)),
        ],
    )
    def test_lets_nothing_go_without_one_in_force_for_the_recipient(self, consent):
        ruling = rule(consent)
        assert not ruling.may_leave and ruling.words

    @given(st.integers(-40, 40))
    def test_holds_from_its_first_to_its_last_day(self, days):
        day = TODAY + timedelta(days=days)
        assert is_in_force(a_consent(), today=day) is (-10 <= days <= 10)


class TestOtherGrounds:
    def test_needs_four_facts_in_an_emergency(self):
        facts = EmergencyFacts(
            "Dr. Lee", "", "Dana Whitfield", datetime(2026, 11, 24, tzinfo=UTC), "overdose"
        )
        with pytest.raises(EmergencyFactsMissing):
            rule(ground=Ground(Basis.MEDICAL_EMERGENCY, emergency=facts))

    def test_lets_all_go_in_an_emergency_with_its_facts(self):
        facts = EmergencyFacts("Dr. Lee", "Riverside Hospital", "Dana Whitfield", NOW, "overdose")
        assert rule(ground=Ground(Basis.MEDICAL_EMERGENCY, emergency=facts)).allowed == ITEMS

    def test_needs_a_reason_otherwise_and_still_holds_substance_use_back(self):
        with pytest.raises(ReasonMissing):
            rule(ground=Ground(Basis.OTHER))
        ruling = rule(ground=Ground(Basis.OTHER, reason="court order 26-1"))
        assert [item.key for item in ruling.allowed] == ["person"]


class TestElements:
    @pytest.mark.parametrize(
        ("change", "named"),
        [
            ({"recipients": ()}, "who may receive it"),
            ({"information": frozenset()}, "what may be shared"),
            ({"purpose": " "}, "the purpose"),
            ({"expires_on": None}, "when it ends"),
            ({"signature": SignatureKind.NONE}, "the signature"),
            ({"signed_on": None}, "the date signed"),
            ({"discloser": ""}, "who may disclose it"),
            ({"right_to_revoke_told": False}, "that it can be revoked"),
        ],
    )
    def test_names_each_missing_one(self, change, named):
        assert missing_elements(a_consent(**change).details) == (named,)
        with pytest.raises(ConsentIncomplete):
            check(a_consent(**change).details)

    def test_asks_a_witness_for_a_verbal_one(self):
        verbal = a_consent(kind=ConsentKind.VERBAL, signature=SignatureKind.NONE, signed_on=None).details
        assert missing_elements(verbal) == ("who witnessed it",)

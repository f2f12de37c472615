"""People: names, birth, reach, alerts, relations, links, and the keys they are found by."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.births import Precision
from caseapp.domain.people import LinkKind, NameKind, PersonKind, PointKind
from caseapp.store.tables.base import BY_BYTES, Base, Entry, Record, ref


class PersonRow(Record, Base):
    __tablename__ = "person"

    kind: Mapped[PersonKind]
    display_name: Mapped[str] = mapped_column(index=True)
    description: Mapped[str]
    birth_on: Mapped[date | None]
    birth_precision: Mapped[Precision | None]
    pronouns: Mapped[str]
    gender: Mapped[str]
    interpreter_needed: Mapped[bool]
    veteran: Mapped[str]
    comes_with: Mapped[str]
    deceased_on: Mapped[date | None]
    is_restricted: Mapped[bool]
    batch_id: Mapped[UUID | None] = ref("import_batch")

    __table_args__ = (
        CheckConstraint("(birth_on IS NULL) = (birth_precision IS NULL)", name="birth_has_precision"),
        Index(
            "ix_person_restricted",
            "id",
            sqlite_where=text("is_restricted = 1"),
            postgresql_where=text("is_restricted"),
        ),
    )


class PersonNameRow(Entry, Base):
    __tablename__ = "person_name"

    person_id: Mapped[UUID] = ref("person")
    position: Mapped[int]
    kind: Mapped[NameKind]
    given: Mapped[str]
    family: Mapped[str]
    do_not_use: Mapped[bool]


class PersonCodeRow(Entry, Base):
    """Answers that can be several: race and ethnicity, languages."""

    __tablename__ = "person_code"

    person_id: Mapped[UUID] = ref("person", index=False)
    list_name: Mapped[str]
    code: Mapped[str]
    position: Mapped[int]

    __table_args__ = (UniqueConstraint("person_id", "list_name", "code"),)


class ContactPointRow(Entry, Base):
    __tablename__ = "contact_point"

    person_id: Mapped[UUID] = ref("person")
    position: Mapped[int]
    kind: Mapped[PointKind]
    value: Mapped[str]
    owner: Mapped[str]
    may_voicemail: Mapped[bool]
    may_text: Mapped[bool]
    do_not_mention_us: Mapped[bool]


class PersonPlaceRow(Entry, Base):
    __tablename__ = "person_place"

    person_id: Mapped[UUID] = ref("person")
    position: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    note: Mapped[str]
    place_id: Mapped[UUID | None] = ref("place")


class LivingSituationRow(Entry, Base):
    __tablename__ = "living_situation"

    person_id: Mapped[UUID] = ref("person")
    position: Mapped[int]
    code: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class PersonIdentifierRow(Entry, Base):
    __tablename__ = "person_identifier"

    person_id: Mapped[UUID] = ref("person")
    position: Mapped[int]
    scheme: Mapped[str]
    value: Mapped[str]


class AlertRow(Entry, Base):
    __tablename__ = "alert"

    person_id: Mapped[UUID] = ref("person")
    position: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str]
    expires_on: Mapped[date | None]


class RelationRow(Entry, Base):
    __tablename__ = "relation"

    person_id: Mapped[UUID] = ref("person")
    position: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str]
    phone: Mapped[str]
    note: Mapped[str]
    other_person_id: Mapped[UUID | None] = ref("person")


class PersonLinkRow(Record, Base):
    """A judgement on two records; undone, never deleted, so that it stays remembered."""

    __tablename__ = "person_link"

    left_id: Mapped[UUID] = ref("person")
    right_id: Mapped[UUID] = ref("person")
    kind: Mapped[LinkKind]
    reason: Mapped[str]
    evidence: Mapped[Any] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None] = ref("staff", index=False)

    __table_args__ = (
        CheckConstraint("left_id <> right_id", name="two_people"),
        Index(
            "uq_person_link_standing",
            "left_id",
            "right_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )


class ReviewPairRow(Record, Base):
    """Two records that look like one person and wait for somebody's judgement."""

    __tablename__ = "review_pair"

    left_id: Mapped[UUID] = ref("person", index=False)
    right_id: Mapped[UUID] = ref("person")
    probability: Mapped[float]
    worth: Mapped[float]
    reasons: Mapped[Any] = mapped_column(JSON)
    evidence: Mapped[str]
    is_put_off: Mapped[bool]

    __table_args__ = (
        CheckConstraint("left_id <> right_id", name="two_people"),
        UniqueConstraint("left_id", "right_id"),
        Index("ix_review_pair_order", "is_put_off", "probability", "id"),
        Index("ix_review_pair_worth", "is_put_off", "worth", "id"),
    )


class RecognitionWeightsRow(Record, Base):
    """The agency's own weights; the version counts how often they were learned."""

    __tablename__ = "recognition_weights"

    content: Mapped[Any] = mapped_column(JSON)


class RecognitionBegunRow(Entry, Base):
    """What a search over all records had compared when it was stopped; there is one at the most."""

    __tablename__ = "recognition_begun"

    content: Mapped[bytes] = mapped_column(LargeBinary)


class PersonFactsRow(Base):
    """What is compared and listed of a person, in one row; worked out from the others, as the keys are."""

    __tablename__ = "person_facts"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[Any] = mapped_column(JSON)

    __table_args__ = ({"sqlite_with_rowid": False},)


class PersonKeyRow(Base):
    """The keys a person is found by: folded name parts, sounds, phones, dates, identifiers."""

    __tablename__ = "person_key"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(BY_BYTES, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (
        Index("ix_person_key_person_id", "person_id"),
        {"sqlite_with_rowid": False},
    )

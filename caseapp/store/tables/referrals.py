"""Referrals, consents, disclosures and the documents that left."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.consents import ConsentKind, InformationKind, SignatureKind
from caseapp.domain.disclosures import Basis
from caseapp.domain.referrals import EndedBy, Method, Proof, Step
from caseapp.store.tables.base import Base, Entry, Record, ref


class ReferralRow(Record, Base):
    __tablename__ = "referral"

    person_id: Mapped[UUID] = ref("person")
    case_id: Mapped[UUID | None] = ref("case_file")
    service_id: Mapped[UUID | None] = ref("service")
    to_name: Mapped[str]
    to_phone: Mapped[str]
    need: Mapped[str]
    why_now: Mapped[str]
    method: Mapped[Method]
    step: Mapped[Step]
    reply_code: Mapped[str] = mapped_column(unique=True)
    owner_id: Mapped[UUID] = ref("staff")
    accepted_by: Mapped[str]
    consent_id: Mapped[UUID | None] = ref("consent")
    is_substance_use: Mapped[bool]
    sent_on: Mapped[date | None]
    last_answer_on: Mapped[date | None]
    appointment_at: Mapped[datetime | None]
    next_action: Mapped[str]
    next_action_on: Mapped[date | None] = mapped_column(index=True)
    present_at_handoff: Mapped[str]
    handoff_accepted: Mapped[bool | None]
    follow_up_id: Mapped[UUID | None]

    __table_args__ = (Index("ix_referral_step_sent_on", "step", "sent_on"),)


class ReferralStepRow(Entry, Base):
    __tablename__ = "referral_step"

    referral_id: Mapped[UUID] = ref("referral", index=False)
    position: Mapped[int]
    step: Mapped[Step]
    on: Mapped[date]
    proof: Mapped[Proof]
    by: Mapped[str]
    note: Mapped[str]
    ended_by: Mapped[EndedBy | None]
    reason: Mapped[str]
    appointment_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("referral_id", "position"),)


class ConsentRow(Record, Base):
    __tablename__ = "consent"

    person_id: Mapped[UUID] = ref("person")
    kind: Mapped[ConsentKind]
    purpose: Mapped[str]
    starts_on: Mapped[date]
    expires_on: Mapped[date | None] = mapped_column(index=True)
    expiry_event: Mapped[str]
    discloser: Mapped[str]
    signed_on: Mapped[date | None]
    signature: Mapped[SignatureKind]
    witness: Mapped[str]
    right_to_revoke_told: Mapped[bool]
    is_for_treatment: Mapped[bool]
    redisclosure_told: Mapped[bool]
    refusal_told: Mapped[bool]
    signer: Mapped[str]
    signer_name: Mapped[str]
    copy_given: Mapped[bool]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str]


class ConsentRecipientRow(Entry, Base):
    __tablename__ = "consent_recipient"

    consent_id: Mapped[UUID] = ref("consent", index=False)
    position: Mapped[int]
    name: Mapped[str]

    __table_args__ = (UniqueConstraint("consent_id", "position"),)


class ConsentInformationRow(Entry, Base):
    __tablename__ = "consent_information"

    consent_id: Mapped[UUID] = ref("consent", index=False)
    kind: Mapped[InformationKind]

    __table_args__ = (UniqueConstraint("consent_id", "kind"),)


class DocumentRow(Record, Base):
    """A finished page as it left: the bytes, their hash, and the edition of its template."""

    __tablename__ = "document"

    person_id: Mapped[UUID | None] = ref("person")
    kind: Mapped[str]
    title: Mapped[str]
    template: Mapped[str]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]


class DisclosureRow(Record, Base):
    __tablename__ = "disclosure"

    number: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID] = ref("person")
    at: Mapped[datetime]
    recipient: Mapped[str]
    recipient_address: Mapped[str]
    what: Mapped[str]
    items: Mapped[Any] = mapped_column(JSON)
    purpose: Mapped[str]
    basis: Mapped[Basis]
    reason: Mapped[str]
    consent_id: Mapped[UUID | None] = ref("consent")
    document_id: Mapped[UUID | None] = ref("document")
    document_sha256: Mapped[str]
    emergency: Mapped[Any] = mapped_column(JSON)


class AttachmentRow(Record, Base):
    __tablename__ = "attachment"

    person_id: Mapped[UUID] = ref("person")
    consent_id: Mapped[UUID | None] = ref("consent")
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]

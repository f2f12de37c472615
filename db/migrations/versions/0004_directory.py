"""The directory in the field's format, the elements of consent, the next action of a referral, form texts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")

TEXTS = {
    "service": ("phone",),
    "referral": ("next_action", "present_at_handoff"),
    "consent": ("signer", "signer_name"),
    "disclosure": ("recipient_address",),
}
FLAGS = {
    "service": ("for_veterans",),
    "consent": ("is_for_treatment", "redisclosure_told", "refusal_told", "copy_given"),
}
DAYS = {"referral": ("next_action_on",)}
PARTS = ("service_phone", "service_schedule", "service_code")
"""Tables whose rows become part of their service's own row."""


def upgrade() -> None:
    """Add columns with a value for the rows that stand, then the new tables."""
    for table, names in TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    for table, names in FLAGS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    for table, names in DAYS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Date(), nullable=True))
    op.add_column("service", sa.Column("hours", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("service", sa.Column("lists", sa.JSON(), nullable=False, server_default="{}"))
    _fold_parts()
    op.add_column("referral", sa.Column("handoff_accepted", sa.Boolean(), nullable=True))
    op.add_column("disclosure", sa.Column("items", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index("ix_service_changed_at_version", "service", ["changed_at", "version"])
    op.create_index("ix_referral_next_action_on", "referral", ["next_action_on"])
    op.add_column("referral", sa.Column("follow_up_id", ID, nullable=True))
    _add_tables()


def _fold_parts() -> None:
    """Phone, hours and lists move from their tables into the row of their service."""
    connection = op.get_bind()
    metadata = sa.MetaData()
    tables = {name: sa.Table(name, metadata, autoload_with=connection) for name in ("service", *PARTS)}
    service, phone, hours, codes = tables.values()
    found: dict[Any, dict[str, Any]] = {}
    for row in connection.execute(sa.select(phone).order_by(phone.c.position.desc())):
        found.setdefault(row.service_id, {})["phone"] = row.number
    for row in connection.execute(sa.select(hours).order_by(hours.c.id)):
        rule = {
            "byday": row.byday,
            "opens": row.opens_at.isoformat() if row.opens_at else "",
            "closes": row.closes_at.isoformat() if row.closes_at else "",
            "words": row.description,
        }
        kept = found.setdefault(row.service_id, {}).setdefault("hours", [])
        kept.append({name: text for name, text in rule.items() if text})
    for row in connection.execute(sa.select(codes).order_by(codes.c.position)):
        lists = found.setdefault(row.service_id, {}).setdefault("lists", {})
        lists.setdefault(row.list_name, []).append(row.code)
    for service_id, values in found.items():
        connection.execute(sa.update(service).where(service.c.id == service_id).values(**values))
    for name in PARTS:
        op.drop_table(name)


def _add_tables() -> None:
    op.create_table(
        "directory_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("hsds_id", ID, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("record_id", ID, nullable=True),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name="fk_directory_entry_batch_id_import_batch",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_directory_entry"),
        sa.UniqueConstraint("hsds_id", "table_name", name="uq_directory_entry_hsds_id_table_name"),
    )
    for column in ("source", "batch_id"):
        op.create_index(f"ix_directory_entry_{column}", "directory_entry", [column])
    op.create_table(
        "form_text",
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["staff.id"],
                name=f"fk_form_text_{column}_staff",
                initially="DEFERRED",
                deferrable=True,
            )
            for column in ("created_by", "changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_form_text"),
        sa.UniqueConstraint("form", "language", "name", name="uq_form_text_form_language_name"),
    )


def downgrade() -> None:
    """Take it all back."""
    op.drop_table("form_text")
    op.drop_table("directory_entry")
    op.drop_index("ix_referral_next_action_on", table_name="referral")
    op.drop_index("ix_service_changed_at_version", table_name="service")
    for name in ("follow_up_id", "handoff_accepted"):
        op.drop_column("referral", name)
    op.drop_column("disclosure", "items")
    for table, names in (*DAYS.items(), *FLAGS.items(), *TEXTS.items(), ("service", ("hours", "lists"))):
        for name in names:
            op.drop_column(table, name)
    _make_parts()


def _make_parts() -> None:
    """The tables as they were; what had moved into the service stays out of them."""
    columns: dict[str, list[Any]] = {
        "service_phone": [
            sa.Column("position", sa.Integer(), nullable=False),
            *(
                sa.Column(name, sa.String(), nullable=False)
                for name in ("number", "extension", "description")
            ),
        ],
        "service_schedule": [
            sa.Column("byday", sa.String(), nullable=False),
            sa.Column("opens_at", sa.Time(), nullable=True),
            sa.Column("closes_at", sa.Time(), nullable=True),
            sa.Column("description", sa.String(), nullable=False),
        ],
        "service_code": [
            sa.Column("list_name", sa.String(), nullable=False),
            sa.Column("code", sa.String(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
        ],
    }
    for name, own in columns.items():
        op.create_table(
            name,
            sa.Column("service_id", ID, nullable=False),
            *own,
            sa.Column("id", ID, nullable=False),
            sa.ForeignKeyConstraint(
                ["service_id"],
                ["service.id"],
                name=f"fk_{name}_service_id_service",
                initially="DEFERRED",
                deferrable=True,
            ),
            sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        )
    for name in ("service_phone", "service_schedule"):
        op.create_index(f"ix_{name}_service_id", name, ["service_id"])

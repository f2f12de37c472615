"""Protocols with two clocks and what follows a failed attempt, series with their days, closure days."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")

NEW: dict[str, dict[str, Any]] = {
    "protocol_step": {
        "due_days": sa.Integer(),
        "due_hours": sa.Integer(),
        "latest_hours": sa.Integer(),
        "after": sa.JSON(),
    },
    "follow_up_series": {"starts_on": sa.Date(), "at": sa.Time()},
    "follow_up": {"latest_at": INSTANT, "recurs_on": sa.Date(), "run_id": ID},
}
TEXTS = {"protocol": ("source",), "protocol_step": ("code", "rule")}


def upgrade() -> None:
    """Add columns that may be empty for what stands, then the closure days."""
    for table, columns in NEW.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    for table, names in TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_index("ix_follow_up_run_id", "follow_up", ["run_id"])
    op.create_table(
        "closure_day",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
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
                name=f"fk_closure_day_{column}_staff",
                initially="DEFERRED",
                deferrable=True,
            )
            for column in ("created_by", "changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_closure_day"),
        sa.UniqueConstraint("on", name="uq_closure_day_on"),
    )


def downgrade() -> None:
    """Take the columns and the table away."""
    op.drop_table("closure_day")
    op.drop_index("ix_follow_up_run_id", table_name="follow_up")
    for table, names in TEXTS.items():
        for name in names:
            op.drop_column(table, name)
    for table, columns in NEW.items():
        for name in columns:
            op.drop_column(table, name)

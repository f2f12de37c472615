"""A case that was closed and taken up again keeps how and when it had ended."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "case_reopening",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("close_reason", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{target}.id"],
                name=f"fk_case_reopening_{column}_{target}",
                initially="DEFERRED",
                deferrable=True,
            )
            for column, target in (("case_id", "case_file"), ("created_by", "staff"), ("changed_by", "staff"))
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_reopening"),
    )
    op.create_index("ix_case_reopening_case_id", "case_reopening", ["case_id"])


def downgrade() -> None:
    op.drop_table("case_reopening")

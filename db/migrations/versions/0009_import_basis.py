"""Which earlier imports a later one rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")


def upgrade() -> None:
    """Add the table; what was imported before rests on nothing that is known."""
    op.create_table(
        "import_basis",
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("on_batch_id", ID, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [name],
                ["import_batch.id"],
                name=f"fk_import_basis_{name}_import_batch",
                initially="DEFERRED",
                deferrable=True,
            )
            for name in ("batch_id", "on_batch_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "on_batch_id", name="pk_import_basis"),
    )
    op.create_index("ix_import_basis_on_batch_id", "import_basis", ["on_batch_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("import_basis")

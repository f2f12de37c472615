"""What is compared and listed of a person stands in one row whole, with what the person's own row says."""

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table; whoever signs in first writes the rows again, with the keys."""


def downgrade() -> None:
    """Change no table; an older edition finds what it wrote and writes its own."""

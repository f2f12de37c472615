"""A flat is told apart from its street however it is written: “#4B”, “Apt 4B, 9 Elm St”."""

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table; whoever signs in first writes keys and rows again."""


def downgrade() -> None:
    """Change no table; an older edition finds what it wrote and writes its own."""

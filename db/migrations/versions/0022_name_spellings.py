"""Names are found as they are spelled elsewhere: “Maxamed”, “Delacruz”, “St. Louis”, “Hdez”, “Ma. Elena”."""

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table; whoever signs in first writes keys and rows again."""


def downgrade() -> None:
    """Change no table; an older edition finds what it wrote and writes its own."""

"""Last names, Sean and Stuart are found as they are spelled elsewhere: “Sarkissian”, “Xyooj”, “Jalloh”."""

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table; whoever signs in first writes keys and rows again."""


def downgrade() -> None:
    """Change no table; an older edition finds what it wrote and writes its own."""

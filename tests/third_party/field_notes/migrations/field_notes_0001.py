"""The notebook's table."""

import sqlalchemy as sa
from alembic import op

revision = "field_notes_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "field_notes_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_field_notes_note_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_notes_note")),
    )
    op.create_index(op.f("ix_field_notes_note_person_id"), "field_notes_note", ["person_id"])


def downgrade() -> None:
    op.drop_table("field_notes_note")

"""The tables of version 0.1."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("scope", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_scope"), ["scope"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_subject"), ["subject"], unique=False)

    op.create_table(
        "ballot_outbox",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "tag", name=op.f("pk_ballot_outbox")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "failed_attempt",
        sa.Column("bucket", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_failed_attempt")),
    )
    op.create_table(
        "idempotency_tag",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("same", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "tag", name=op.f("pk_idempotency_tag")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_ended_at"), ["ended_at"], unique=False)

    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("telephone", sa.String(), nullable=False),
        sa.Column("opening_hours", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_mail_next_try_at"), ["next_try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outgoing_mail_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "paper_claim",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "tag", name=op.f("pk_paper_claim")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("public_name", sa.String(), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("clock_offset", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("rehearsal or clock_offset = 0", name=op.f("ck_round_offset_only_in_rehearsal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_round_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_round_slug")),
    )
    op.create_table(
        "sealed_ballot",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "pseudonym", name=op.f("pk_sealed_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("next_path", sa.String(), nullable=False),
        sa.Column("deed", sa.JSON(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_email"), ["email"], unique=False)

    op.create_table(
        "spent_row",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "tag", name=op.f("pk_spent_row")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stored_file",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "ballot_box",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("opens", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn", sa.JSON(), nullable=False),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ballot_box_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_ballot_box")),
    )
    op.create_table(
        "count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.Text(), nullable=False),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.Column("turnout", sa.JSON(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["counted_by"], ["person.id"], name=op.f("fk_count_counted_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_count_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_count_round_id_number")),
    )
    op.create_table(
        "credential",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("h", sa.LargeBinary(), nullable=False),
        sa.Column("slot", sa.LargeBinary(), nullable=False),
        sa.Column("style", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("age", sa.String(), nullable=False),
        sa.Column("alive", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_credential_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "h", name=op.f("pk_credential")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frame_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_decision_confirmed_by_person")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_decision_entered_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_decision_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_round_id"), ["round_id"], unique=False)

    op.create_table(
        "frame_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_frame_version_round_id_round")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_frame_version_saved_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_version")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_frame_version_round_id_number")),
    )
    op.create_table(
        "jury_submission",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["juror_id"], ["person.id"], name=op.f("fk_jury_submission_juror_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_jury_submission_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "juror_id", name=op.f("pk_jury_submission")),
    )
    op.create_table(
        "key_destruction",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_key_destruction_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_key_destruction")),
    )
    op.create_table(
        "key_escrow",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("deposit", sa.String(), nullable=False),
        sa.Column("sealing", sa.String(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("first", sa.JSON(), nullable=False),
        sa.Column("second", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_key_escrow_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "deposit", name=op.f("pk_key_escrow")),
    )
    op.create_table(
        "manifest",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_manifest_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_manifest")),
        sa.UniqueConstraint("digest", name=op.f("uq_manifest_digest")),
    )
    op.create_table(
        "opened_ballot",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("style", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("choices", sa.String(), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_opened_ballot_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "position", name=op.f("pk_opened_ballot")),
        sa.UniqueConstraint("round_id", "commitment", name=op.f("uq_opened_ballot_round_id_commitment")),
    )
    op.create_table(
        "paper_batch",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("forms", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("forms > 0", name=op.f("ck_paper_batch_has_forms")),
        sa.ForeignKeyConstraint(["registered_by"], ["person.id"], name=op.f("fk_paper_batch_registered_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_paper_batch_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_paper_batch")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("pot", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("own_contribution", sa.BigInteger(), nullable=False),
        sa.Column("carried_by", sa.String(), nullable=False),
        sa.Column("upkeep_by", sa.String(), nullable=False),
        sa.Column("public_name", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("picture_alt", sa.String(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("asked >= 0", name=op.f("ck_plan_asked_not_negative")),
        sa.ForeignKeyConstraint(["picture"], ["stored_file.name"], name=op.f("fk_plan_picture_stored_file")),
        sa.ForeignKeyConstraint(["proposer_id"], ["person.id"], name=op.f("fk_plan_proposer_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_plan_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("round_id", "code", name=op.f("uq_plan_round_id_code")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_proposer_id"), ["proposer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_round_id"), ["round_id"], unique=False)

    op.create_table(
        "plan_groups",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_plan_groups_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_plan_groups")),
    )
    op.create_table(
        "proxy",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("place in (1, 2)", name=op.f("ck_proxy_two_at_most")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_proxy_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "person", "place", name=op.f("pk_proxy")),
        sa.UniqueConstraint("round_id", "letter", name=op.f("uq_proxy_round_id_letter")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "public_file",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_public_file_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "name", name=op.f("pk_public_file")),
    )
    op.create_table(
        "published_count",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_published_count_published_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_published_count_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_published_count")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_question_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("round_id", "code", "locale", name=op.f("uq_question_round_id_code_locale")),
    )
    op.create_table(
        "returned_letter",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_returned_letter_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "letter", name=op.f("pk_returned_letter")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "revocation",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("h", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_revocation_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "h", name=op.f("pk_revocation")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_role_grant_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("round_id", "person_id", "role", name=op.f("uq_role_grant_round_id_person_id_role")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)

    op.create_table(
        "round_outline",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_outline_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_outline")),
    )
    op.create_table(
        "selection",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("chosen_by", sa.String(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tie", sa.JSON(), nullable=True),
        sa.Column("lot_seed", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_selection_published_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_selection_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_selection")),
    )
    op.create_table(
        "spent_token",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("style", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_spent_token_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "position", name=op.f("pk_spent_token")),
    )
    op.create_table(
        "two_person_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "decided_by is null or decided_by <> asked_by or confirmed = false",
            name=op.f("ck_two_person_request_two_people"),
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_two_person_request_asked_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_two_person_request_decided_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_two_person_request_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_two_person_request")),
    )
    with op.batch_alter_table("two_person_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_two_person_request_round_id"), ["round_id"], unique=False)

    op.create_table(
        "vote_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_vote_report_answered_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_vote_report_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_report")),
    )
    with op.batch_alter_table("vote_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_report_round_id"), ["round_id"], unique=False)

    op.create_table(
        "adopted_count",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["count_id"], ["count.id"], name=op.f("fk_adopted_count_count_id_count")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_adopted_count_decision_id_decision")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_adopted_count_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_adopted_count")),
    )
    op.create_table(
        "jury_score",
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("points between 1 and 5", name=op.f("ck_jury_score_points_in_range")),
        sa.ForeignKeyConstraint(["juror_id"], ["person.id"], name=op.f("fk_jury_score_juror_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_jury_score_plan_id_plan")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_jury_score_round_id_round")),
        sa.PrimaryKeyConstraint("juror_id", "plan_id", "criterion", name=op.f("pk_jury_score")),
    )
    with op.batch_alter_table("jury_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jury_score_round_id"), ["round_id"], unique=False)

    op.create_table(
        "log_head",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("closes", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "number"],
            ["manifest.round_id", "manifest.number"],
            name=op.f("fk_log_head_round_id_number_manifest"),
        ),
        sa.PrimaryKeyConstraint("round_id", "number", "size", name=op.f("pk_log_head")),
    )
    op.create_table(
        "log_leaf",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "number"],
            ["manifest.round_id", "manifest.number"],
            name=op.f("fk_log_leaf_round_id_number_manifest"),
        ),
        sa.PrimaryKeyConstraint("round_id", "number", "position", name=op.f("pk_log_leaf")),
    )
    with op.batch_alter_table("log_leaf", schema=None) as batch_op:
        batch_op.create_index(
            "uq_log_leaf_ballot",
            ["round_id", "number", "body"],
            unique=True,
            sqlite_where=sa.text("kind = 'ballot'"),
            postgresql_where=sa.text("kind = 'ballot'"),
        )

    op.create_table(
        "paper_entry",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("who", sa.Integer(), nullable=False),
        sa.Column("reading", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "batch"],
            ["paper_batch.round_id", "paper_batch.number"],
            name=op.f("fk_paper_entry_round_id_batch_paper_batch"),
        ),
        sa.ForeignKeyConstraint(["who"], ["person.id"], name=op.f("fk_paper_entry_who_person")),
        sa.PrimaryKeyConstraint("round_id", "batch", "form", "who", name=op.f("pk_paper_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_form",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "batch"],
            ["paper_batch.round_id", "paper_batch.number"],
            name=op.f("fk_paper_form_round_id_batch_paper_batch"),
        ),
        sa.PrimaryKeyConstraint("round_id", "batch", "form", name=op.f("pk_paper_form")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "plan_argument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("public_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_argument_person_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_argument_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_argument")),
    )
    with op.batch_alter_table("plan_argument", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_argument_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_cost_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("vat_percent", sa.Integer(), nullable=False),
        sa.Column("yearly", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_plan_cost_line_amount_not_negative")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_cost_line_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_cost_line")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_plan_cost_line_plan_id_position")),
    )
    op.create_table(
        "plan_like",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_like_person_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_like_plan_id_plan")),
        sa.PrimaryKeyConstraint("plan_id", "person_id", name=op.f("pk_plan_like")),
    )
    with op.batch_alter_table("plan_like", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_like_person_id"), ["person_id"], unique=False)

    op.create_table(
        "project",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("awarded", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("awarded >= 0 and spent >= 0", name=op.f("ck_project_money_not_negative")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_project_plan_id_plan")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_project_round_id_round")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_project")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_round_id"), ["round_id"], unique=False)

    op.create_table(
        "recusal",
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["juror_id"], ["person.id"], name=op.f("fk_recusal_juror_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_recusal_plan_id_plan")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_recusal_round_id_round")),
        sa.PrimaryKeyConstraint("juror_id", "plan_id", name=op.f("pk_recusal")),
    )
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusal_round_id"), ["round_id"], unique=False)

    op.create_table(
        "result_correction",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("winners", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 2", name=op.f("ck_result_correction_after_the_count")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_result_correction_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_result_correction_round_id_round")),
        sa.PrimaryKeyConstraint("round_id", "version", name=op.f("pk_result_correction")),
    )
    op.create_table(
        "shortlist_entry",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("motivation", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_shortlist_entry_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["selection.round_id"], name=op.f("fk_shortlist_entry_round_id_selection")
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_shortlist_entry")),
    )
    with op.batch_alter_table("shortlist_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shortlist_entry_round_id"), ["round_id"], unique=False)

    op.create_table(
        "verdict",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("feasible", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("judged_by", sa.Integer(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["judged_by"], ["person.id"], name=op.f("fk_verdict_judged_by_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_verdict_plan_id_plan")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_verdict_round_id_round")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_verdict")),
    )
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verdict_round_id"), ["round_id"], unique=False)

    op.create_table(
        "criterion_answer",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["verdict.plan_id"], name=op.f("fk_criterion_answer_plan_id_verdict")),
        sa.PrimaryKeyConstraint("plan_id", "criterion", name=op.f("pk_criterion_answer")),
    )
    op.create_table(
        "project_follow",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_project_follow_person_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["project.plan_id"], name=op.f("fk_project_follow_plan_id_project")),
        sa.PrimaryKeyConstraint("plan_id", "person_id", name=op.f("pk_project_follow")),
    )
    with op.batch_alter_table("project_follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_follow_person_id"), ["person_id"], unique=False)

    op.create_table(
        "project_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["project.plan_id"], name=op.f("fk_project_stop_plan_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_stop")),
    )
    with op.batch_alter_table("project_stop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_stop_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "project_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("picture_alt", sa.String(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["picture"], ["stored_file.name"], name=op.f("fk_project_update_picture_stored_file")),
        sa.ForeignKeyConstraint(["plan_id"], ["project.plan_id"], name=op.f("fk_project_update_plan_id_project")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_project_update_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_update")),
        sa.UniqueConstraint("form_key", name=op.f("uq_project_update_form_key")),
    )
    with op.batch_alter_table("project_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_update_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("project_update", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_update_plan_id"))

    op.drop_table("project_update")
    with op.batch_alter_table("project_stop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_stop_plan_id"))

    op.drop_table("project_stop")
    with op.batch_alter_table("project_follow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_follow_person_id"))

    op.drop_table("project_follow")
    op.drop_table("criterion_answer")
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verdict_round_id"))

    op.drop_table("verdict")
    with op.batch_alter_table("shortlist_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shortlist_entry_round_id"))

    op.drop_table("shortlist_entry")
    op.drop_table("result_correction")
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recusal_round_id"))

    op.drop_table("recusal")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_round_id"))

    op.drop_table("project")
    with op.batch_alter_table("plan_like", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_like_person_id"))

    op.drop_table("plan_like")
    op.drop_table("plan_cost_line")
    with op.batch_alter_table("plan_argument", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_argument_plan_id"))

    op.drop_table("plan_argument")
    op.drop_table("paper_form")
    op.drop_table("paper_entry")
    with op.batch_alter_table("log_leaf", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_log_leaf_ballot", sqlite_where=sa.text("kind = 'ballot'"), postgresql_where=sa.text("kind = 'ballot'")
        )

    op.drop_table("log_leaf")
    op.drop_table("log_head")
    with op.batch_alter_table("jury_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jury_score_round_id"))

    op.drop_table("jury_score")
    op.drop_table("adopted_count")
    with op.batch_alter_table("vote_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_report_round_id"))

    op.drop_table("vote_report")
    with op.batch_alter_table("two_person_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_two_person_request_round_id"))

    op.drop_table("two_person_request")
    op.drop_table("spent_token")
    op.drop_table("selection")
    op.drop_table("round_outline")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_person_id"))

    op.drop_table("role_grant")
    op.drop_table("revocation")
    op.drop_table("returned_letter")
    op.drop_table("question")
    op.drop_table("published_count")
    op.drop_table("public_file")
    op.drop_table("proxy")
    op.drop_table("plan_groups")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_round_id"))
        batch_op.drop_index(batch_op.f("ix_plan_proposer_id"))

    op.drop_table("plan")
    op.drop_table("paper_batch")
    op.drop_table("opened_ballot")
    op.drop_table("manifest")
    op.drop_table("key_escrow")
    op.drop_table("key_destruction")
    op.drop_table("jury_submission")
    op.drop_table("frame_version")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_round_id"))

    op.drop_table("decision")
    op.drop_table("credential")
    op.drop_table("count")
    op.drop_table("ballot_box")
    op.drop_table("stored_file")
    op.drop_table("spent_row")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_email"))

    op.drop_table("sign_in")
    op.drop_table("sealed_ballot")
    op.drop_table("round")
    op.drop_table("person")
    op.drop_table("paper_claim")
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_sent_at"))
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_next_try_at"))

    op.drop_table("outgoing_mail")
    op.drop_table("municipality")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_ended_at"))

    op.drop_table("job")
    op.drop_table("idempotency_tag")
    op.drop_table("failed_attempt")
    op.drop_table("ballot_outbox")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_subject"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_scope"))

    op.drop_table("audit_entry")

-- Letters to the person. No address and no word of one stands here: both are read when it leaves, by what counts then.
CREATE TABLE letter (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    matter text NOT NULL,
    on_day date NOT NULL,
    until date,
    agency_id uuid NOT NULL REFERENCES agency,
    written_at timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    template_row text,
    not_sent_because text,
    CHECK (sent_at IS NULL OR not_sent_because IS NULL)
);
CREATE INDEX letter_waiting ON letter (next_attempt_at, id) WHERE sent_at IS NULL AND not_sent_because IS NULL;

DO $$
BEGIN
    ALTER TABLE letter ENABLE ROW LEVEL SECURITY;
    ALTER TABLE letter FORCE ROW LEVEL SECURITY;
    GRANT SELECT, INSERT, UPDATE ON letter TO concordat_gatekeeper;
END $$;

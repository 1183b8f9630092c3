-- Legal advice, therapeutic notes and intelligence: entries that nobody but the author's agency reads, in the function in
-- which it wrote them. They are no version of any group's content, so that no share, pin or release can carry one.
CREATE TABLE caveated_entry (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    caveat text NOT NULL CHECK (caveat IN ('legal_advice', 'therapeutic_note', 'intelligence')),
    content text NOT NULL,
    written_by uuid NOT NULL REFERENCES member,
    written_at timestamptz NOT NULL
);
CREATE INDEX ON caveated_entry (record_id, agency_id, function, written_at, id);

ALTER TABLE caveated_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE caveated_entry FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON caveated_entry TO concordat_gatekeeper;

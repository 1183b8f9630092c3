-- Reading the ledger: what a line is to a governance officer, and the ways to find lines.

CREATE TYPE ledger_line AS (
    id uuid, at timestamptz, agency_id uuid, member_id uuid, function text, access_level text, act text, verdict text,
    record_id uuid, relations text[], purposes text[], groups text[], summaries text[], writes text[], refused text[],
    rules text[]
);
CREATE INDEX access_record_by_agency ON access_record (agency_id, at DESC, id DESC);
CREATE INDEX lead_agency_by_agency ON lead_agency (agency_id);
CREATE INDEX involvement_by_record ON involvement (record_id, agency_id);
CREATE INDEX record_by_person ON record (person_id);

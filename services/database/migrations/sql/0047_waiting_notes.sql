-- What a case waits for in one agency's own eyes, and until which day it need not be looked at. Each note is a row that
-- stays; the newest of an agency's function holds. Other agencies never read it.
CREATE TABLE waiting_note (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    waits_for text NOT NULL,
    whom text NOT NULL,
    wakes_on date,  -- null: it waits for nothing any more
    noted_by uuid NOT NULL REFERENCES member,
    noted_at timestamptz NOT NULL,
    UNIQUE (record_id, agency_id, function, version)
);

ALTER TABLE waiting_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiting_note FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON waiting_note TO concordat_gatekeeper;

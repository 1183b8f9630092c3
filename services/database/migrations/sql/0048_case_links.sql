-- Two cases that somebody who works on both linked. The row stays when the link ends. Of a pair one link is open at most.
CREATE TABLE case_link (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    one_id uuid NOT NULL REFERENCES record,
    other_id uuid NOT NULL REFERENCES record,
    kind text NOT NULL CHECK (kind IN ('same_person', 'same_family', 'same_situation')),
    linked_at timestamptz NOT NULL,
    linked_by uuid NOT NULL REFERENCES member,
    ended_at timestamptz,
    ended_by uuid REFERENCES member,
    CHECK (one_id < other_id),
    CHECK (num_nulls(ended_at, ended_by) IN (0, 2))
);
CREATE UNIQUE INDEX case_link_open ON case_link (one_id, other_id) WHERE ended_at IS NULL;
CREATE INDEX case_link_by_other ON case_link (other_id) WHERE ended_at IS NULL;

-- Why they were linked, in the words of the agency's function that did it; nobody else reads them.
CREATE TABLE case_link_reason (
    link_id uuid PRIMARY KEY REFERENCES case_link,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    reason text NOT NULL
);

ALTER TABLE case_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_link FORCE ROW LEVEL SECURITY;
ALTER TABLE case_link_reason ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_link_reason FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON case_link TO concordat_gatekeeper;
GRANT SELECT, INSERT ON case_link_reason TO concordat_gatekeeper;

-- Ends on a day to come: access ends by itself at that midnight in London, and the worker hands over what is theirs.

CREATE TABLE planned_end (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    member_id uuid NOT NULL REFERENCES member,
    agency_id uuid NOT NULL REFERENCES agency,
    function text,  -- null: the whole membership
    ends_on date NOT NULL,
    successors jsonb NOT NULL CHECK (jsonb_typeof(successors) = 'array'),
    former jsonb NOT NULL CHECK (jsonb_typeof(former) = 'object'),  -- until when each of it would have lasted
    reason text NOT NULL CHECK (reason <> ''),
    planned_by uuid NOT NULL REFERENCES member CHECK (planned_by <> member_id),
    planned_at timestamptz NOT NULL,
    nobody_for text[] NOT NULL DEFAULT '{}',
    settled_at timestamptz,
    outcome text CHECK (outcome IN ('carried_out', 'cancelled', 'changed', 'overtaken')),
    CHECK ((settled_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX planned_end_open ON planned_end (member_id, function) NULLS NOT DISTINCT WHERE settled_at IS NULL;
CREATE INDEX planned_end_due ON planned_end (ends_on) WHERE settled_at IS NULL;

ALTER TABLE planned_end ENABLE ROW LEVEL SECURITY;
ALTER TABLE planned_end FORCE ROW LEVEL SECURITY;
GRANT ALL ON planned_end TO concordat_gatekeeper;

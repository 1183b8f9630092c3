-- Files of a record's groups. Their content lies outside the database; the name is ours, the sender's is not kept.
CREATE TABLE attachment (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    data_group text NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    kind text NOT NULL CHECK (kind IN ('pdf', 'jpg', 'png', 'txt')),
    size integer NOT NULL CHECK (size > 0),
    place text NOT NULL CHECK (place ~ '^[0-9a-f]{64}$'),
    scan text NOT NULL CHECK (scan IN ('clean', 'not_scanned')),
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    added_by uuid NOT NULL REFERENCES member,
    added_at timestamptz NOT NULL,
    removed_by uuid REFERENCES member,
    removed_at timestamptz,
    UNIQUE (record_id, data_group, position),
    CHECK (num_nulls(removed_by, removed_at) IN (0, 2))
);

ALTER TABLE attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE attachment FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON attachment TO concordat_gatekeeper;

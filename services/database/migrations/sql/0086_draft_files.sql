-- Files of drafts. Like the draft they are no record: their rows go with it, and what they hold is destroyed after that.
CREATE TABLE draft_file (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    draft_id uuid NOT NULL REFERENCES referral_draft ON DELETE CASCADE,
    data_group text NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    kind text NOT NULL CHECK (kind IN ('pdf', 'jpg', 'png', 'txt')),
    size integer NOT NULL CHECK (size > 0),
    place text NOT NULL UNIQUE CHECK (place ~ '^[0-9a-f]{64}$'),
    scan text NOT NULL CHECK (scan IN ('clean', 'not_scanned', 'infected')),
    next_scan_at timestamptz NOT NULL DEFAULT '-infinity',
    added_by uuid NOT NULL REFERENCES member,
    added_at timestamptz NOT NULL,
    UNIQUE (draft_id, data_group, position)
);
CREATE INDEX draft_file_not_scanned ON draft_file (next_scan_at, id) WHERE scan = 'not_scanned';

-- Where something lies that nothing needs any more, until the worker has destroyed it.
CREATE TABLE unneeded_place (
    place text PRIMARY KEY,
    since timestamptz NOT NULL
);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['draft_file', 'unneeded_place'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;

-- Shares: what an agency gives to another of a record it holds, why, until when; and what it decided not to give.

-- A share to a person is an involvement of theirs alone: for their colleagues it is not there.
ALTER TABLE involvement
    ADD COLUMN named_member_id uuid REFERENCES member,
    ADD CONSTRAINT involvement_named_by_a_share CHECK (named_member_id IS NULL OR relation = 'recipient'),
    ADD CONSTRAINT involvement_shared_until CHECK (relation NOT IN ('recipient', 'requested') OR until_at IS NOT NULL);

CREATE TABLE share (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    record_id uuid NOT NULL REFERENCES record,
    given_by uuid NOT NULL REFERENCES member,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    recipient_agency_id uuid NOT NULL REFERENCES agency,
    recipient_function text NOT NULL,
    recipient_member_id uuid REFERENCES member,
    involvement_id uuid UNIQUE REFERENCES involvement,  -- null: it was decided not to share
    purpose text NOT NULL CHECK (purpose <> ''),
    article_6 text NOT NULL,
    condition text NOT NULL,
    power text NOT NULL,
    words text[] NOT NULL,  -- the rows of the lawful words and of the longest time, as they stood that day
    conditions text CHECK (conditions <> ''),
    ends_on date,
    decided_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by uuid REFERENCES member,
    end_reason text,
    CHECK (num_nonnulls(involvement_id, ends_on, conditions) IN (0, 3)),
    CHECK (num_nonnulls(ended_at, ended_by, end_reason) IN (0, 3))
);
CREATE INDEX share_by_record ON share (record_id);
CREATE INDEX share_by_named_person ON share (recipient_member_id) WHERE recipient_member_id IS NOT NULL;

CREATE TABLE share_group (
    share_id uuid NOT NULL REFERENCES share,
    data_group text NOT NULL,
    pinned_version integer CHECK (pinned_version > 0),  -- null: live
    PRIMARY KEY (share_id, data_group)
);

-- Why, for those who decided: the recipient reads the conditions and not the weighing.
CREATE TABLE share_reason (
    share_id uuid PRIMARY KEY REFERENCES share,
    statements jsonb NOT NULL CHECK (jsonb_typeof(statements) = 'object'),
    consent_asked boolean NOT NULL,
    consent_given boolean NOT NULL CHECK (consent_asked OR NOT consent_given),
    without_consent text CHECK (without_consent <> ''),
    risks text NOT NULL CHECK (risks <> ''),
    CHECK (consent_given = (without_consent IS NULL))
);

-- A share has an end from the first day, so the worklists ask for the moment and not for a missing end.
DROP INDEX involvement_worklist;
DROP INDEX involvement_newest;
CREATE INDEX involvement_worklist ON involvement
    (agency_id, function, record_kind, (coalesce(next_due, DATE '9999-12-31')), from_at, record_id) WHERE record_open;
CREATE INDEX involvement_newest ON involvement (agency_id, function, record_kind, from_at, record_id) WHERE record_open;

-- Whoever opened a concern reads what became of its own shares and requests.
INSERT INTO involvement_scope (involvement_id, data_group, recorded_at)
SELECT i.id, 'information_requests', i.from_at FROM involvement i WHERE i.relation = 'opener';

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['share', 'share_group', 'share_reason'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;

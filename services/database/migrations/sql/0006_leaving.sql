-- Leaving: what was somebody's goes to those who stay, in one act, and nothing given at the same moment is lost.

-- What went to whom. The row has the id of the notice that tells them, so that only they and their managers read it.
CREATE TABLE handover (
    id uuid PRIMARY KEY REFERENCES outbox,
    from_member_id uuid NOT NULL REFERENCES member,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    to_member_id uuid REFERENCES member CHECK (to_member_id <> from_member_id),
    to_team_id uuid REFERENCES team,
    cases integer NOT NULL CHECK (cases >= 0),
    notifications integer NOT NULL CHECK (notifications >= 0),
    tasks integer NOT NULL CHECK (tasks >= 0),
    given_by uuid NOT NULL REFERENCES member,
    at timestamptz NOT NULL,
    CHECK (num_nonnulls(to_member_id, to_team_id) = 1)
);
CREATE INDEX handover_by_member ON handover (from_member_id, at);

-- Whoever gives something to a person passes one lane of their gate; whoever ends the membership closes all of them.
-- The lanes keep givers out of each other's way.
CREATE TABLE charge_gate (
    member_id uuid NOT NULL REFERENCES member,
    lane smallint NOT NULL CHECK (lane BETWEEN 0 AND 7),
    passed bigint NOT NULL,
    PRIMARY KEY (member_id, lane)
);

CREATE INDEX assignment_by_member ON assignment (member_id) WHERE until_at IS NULL;

-- An administrator who hands a record over is on record there, and has read nothing of it.
ALTER TABLE access_record
    DROP CONSTRAINT access_record_verdict_check,
    ADD CONSTRAINT access_record_verdict_check CHECK (verdict IN ('viewed', 'disclosed', 'refused', 'handed_over')),
    ADD CONSTRAINT access_record_hands_over_blindly CHECK (
        verdict <> 'handed_over' OR groups || summaries || pins || writes = '{}');

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['handover', 'charge_gate'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;

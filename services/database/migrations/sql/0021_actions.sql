-- Actions of strategy meetings are followed: who has one in hand, what became of it, and when its owner was reminded.
-- Reports and charges are entries of the meeting's part, and are read by whoever reads that part.

ALTER TABLE meeting_action
    ADD COLUMN state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'blocked', 'done')),
    ADD COLUMN reports integer NOT NULL DEFAULT 0 CHECK (reports >= 0);
CREATE INDEX meeting_action_open ON meeting_action (due_on) WHERE NOT is_withdrawn AND state <> 'done';
CREATE INDEX meeting_action_by_record ON meeting_action (record_id);

-- What became of an action; the newest report holds, and none is ever changed.
CREATE TABLE action_report (
    entry_id uuid NOT NULL REFERENCES meeting_action,
    version integer NOT NULL CHECK (version > 0),
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'blocked', 'done')),
    note text NOT NULL CHECK (note <> ''),
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    for_them boolean NOT NULL,  -- written down by the children's services that hold the meeting
    reported_at timestamptz NOT NULL,
    reported_by uuid NOT NULL REFERENCES member,
    PRIMARY KEY (entry_id, version),
    FOREIGN KEY (entry_id, part_id, in_open_part) REFERENCES meeting_entry (id, part_id, in_open_part)
);

-- Who inside the agency that follows an action has it in hand.
CREATE TABLE action_charge (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    entry_id uuid NOT NULL REFERENCES meeting_action,
    record_id uuid NOT NULL REFERENCES record,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    member_id uuid REFERENCES member,
    team_id uuid REFERENCES team,
    given_by uuid NOT NULL REFERENCES member,
    from_at timestamptz NOT NULL,
    until_at timestamptz CHECK (until_at >= from_at),
    CHECK (num_nonnulls(member_id, team_id) = 1)
);
CREATE UNIQUE INDEX action_charge_one ON action_charge (entry_id) WHERE until_at IS NULL;
CREATE INDEX action_charge_by_member ON action_charge (member_id) WHERE until_at IS NULL;

-- An action that is overdue is told once for each day it was due on; the row has the id of the notice.
CREATE TABLE action_reminder (
    notice_id uuid PRIMARY KEY REFERENCES outbox,
    entry_id uuid NOT NULL REFERENCES meeting_action,
    due_on date NOT NULL,
    UNIQUE (entry_id, due_on)
);

ALTER TABLE handover ADD COLUMN actions integer NOT NULL DEFAULT 0 CHECK (actions >= 0);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['action_report', 'action_charge', 'action_reminder'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;

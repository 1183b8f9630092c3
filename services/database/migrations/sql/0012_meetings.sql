-- Strategy meetings: each hangs on one child's record. What is said stands in entries of versions, which are never
-- changed; parts say who reads an entry; arrangements, invitations and answers are added and never changed either.

CREATE TABLE meeting (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    occasion_id uuid NOT NULL,  -- the meetings of siblings that were convened together
    authority_id uuid NOT NULL REFERENCES agency,
    nation text NOT NULL CHECK (nation IN ('england', 'wales', 'scotland', 'northern_ireland')),
    convened_at timestamptz NOT NULL,
    convened_by uuid NOT NULL REFERENCES member,
    opened_at timestamptz,
    closed_at timestamptz CHECK (closed_at >= opened_at),
    cancelled_at timestamptz,
    cancelled_because text CHECK (cancelled_because <> ''),
    CHECK ((cancelled_at IS NULL) = (cancelled_because IS NULL)),
    CHECK (num_nonnulls(opened_at, cancelled_at) <= 1)
);
CREATE INDEX meeting_by_record ON meeting (record_id);
CREATE INDEX meeting_by_occasion ON meeting (occasion_id);

-- When, where and in whose hands; the newest version holds.
CREATE TABLE meeting_arrangement (
    meeting_id uuid NOT NULL REFERENCES meeting,
    version integer NOT NULL CHECK (version > 0),
    record_id uuid NOT NULL REFERENCES record,
    mode text NOT NULL CHECK (mode IN ('meeting', 'video', 'telephone')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    place text NOT NULL CHECK (place <> ''),
    chair_id uuid NOT NULL REFERENCES member,
    chair_name text NOT NULL CHECK (chair_name <> ''),
    minute_taker_name text NOT NULL CHECK (minute_taker_name <> ''),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES member,
    PRIMARY KEY (meeting_id, version)
);

-- Whoever was invited reads the open part. Any other part is read by those whose scope names it, and by nobody else.
CREATE TABLE meeting_part (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    is_open boolean NOT NULL,
    name text CHECK (name <> ''),
    made_at timestamptz NOT NULL,
    UNIQUE (id, meeting_id, is_open),
    CHECK (is_open = (name IS NULL))
);
CREATE UNIQUE INDEX meeting_part_one_open ON meeting_part (meeting_id) WHERE is_open;
CREATE INDEX meeting_part_by_meeting ON meeting_part (meeting_id);

CREATE TABLE meeting_invitation (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    agency_id uuid REFERENCES agency,
    function text NOT NULL,
    body_name text NOT NULL CHECK (body_name <> ''),
    involvement_id uuid REFERENCES involvement,
    is_home_authority boolean NOT NULL,
    invited_at timestamptz NOT NULL,
    invited_by uuid NOT NULL REFERENCES member,
    FOREIGN KEY (part_id, meeting_id, in_open_part) REFERENCES meeting_part (id, meeting_id, is_open),
    CHECK ((agency_id IS NULL) = (involvement_id IS NULL))
);
CREATE UNIQUE INDEX meeting_invitation_once ON meeting_invitation (meeting_id, agency_id, function, part_id);
CREATE INDEX meeting_invitation_by_meeting ON meeting_invitation (meeting_id);

-- Who comes, who does not, and who comes instead: the newest answer holds.
CREATE TABLE invitation_answer (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    invitation_id uuid NOT NULL REFERENCES meeting_invitation,
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    agency_id uuid REFERENCES agency,
    function text NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    answer text NOT NULL CHECK (answer IN ('accepted', 'declined', 'responsibility_accepted')),
    member_id uuid REFERENCES member,
    person_name text CHECK (person_name <> ''),
    note text CHECK (note <> ''),
    at timestamptz NOT NULL,
    answered_by uuid NOT NULL REFERENCES member,
    for_them boolean NOT NULL,  -- written down by the children's services that hold the meeting
    FOREIGN KEY (part_id, meeting_id, in_open_part) REFERENCES meeting_part (id, meeting_id, is_open),
    CHECK ((answer = 'accepted') = (person_name IS NOT NULL)),
    CHECK (answer = 'accepted' OR note IS NOT NULL)
);
CREATE INDEX invitation_answer_by_meeting ON invitation_answer (meeting_id);

CREATE TABLE meeting_entry (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    kind text NOT NULL CHECK (kind IN (
        'brief', 'attendance', 'information', 'risk', 'wishes', 'other_children', 'safety', 'note', 'telling', 'decision',
        'referral', 'guardian', 'position', 'action')),
    sequence bigint GENERATED ALWAYS AS IDENTITY,  -- the order of the record; no reader sees the number
    agency_id uuid NOT NULL REFERENCES agency,  -- whose entry it is: only they and whoever holds the meeting change it
    function text NOT NULL,
    made_at timestamptz NOT NULL,
    made_by uuid NOT NULL REFERENCES member,
    FOREIGN KEY (part_id, meeting_id, in_open_part) REFERENCES meeting_part (id, meeting_id, is_open),
    UNIQUE (id, part_id, in_open_part)
);
CREATE INDEX meeting_entry_by_meeting ON meeting_entry (meeting_id);

CREATE TABLE meeting_entry_version (
    entry_id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    is_withdrawn boolean NOT NULL,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES member,
    PRIMARY KEY (entry_id, version),
    FOREIGN KEY (entry_id, part_id, in_open_part) REFERENCES meeting_entry (id, part_id, in_open_part)
);
CREATE INDEX meeting_entry_version_by_meeting ON meeting_entry_version (meeting_id);

-- Actions by owner, carried from the newest version of their entry, so that they can be followed over all meetings.
CREATE TABLE meeting_action (
    entry_id uuid PRIMARY KEY REFERENCES meeting_entry,
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    owner_agency_id uuid REFERENCES agency,
    owner_function text NOT NULL,
    owner_name text NOT NULL CHECK (owner_name <> ''),
    due_on date NOT NULL,
    is_withdrawn boolean NOT NULL,
    FOREIGN KEY (entry_id, part_id, in_open_part) REFERENCES meeting_entry (id, part_id, in_open_part)
);
CREATE INDEX meeting_action_by_owner ON meeting_action (owner_agency_id, owner_function, due_on) WHERE NOT is_withdrawn;

-- What was sent to a body without an account: the invitation, or a copy of the record; how, when, and to whom.
CREATE TABLE meeting_distribution (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    invitation_id uuid NOT NULL REFERENCES meeting_invitation,
    what text NOT NULL CHECK (what IN ('invitation', 'record')),
    channel text NOT NULL CHECK (channel IN ('telephone', 'secure_email', 'post', 'in_person')),
    to_whom text NOT NULL CHECK (to_whom <> ''),
    sent_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES member,
    FOREIGN KEY (part_id, meeting_id, in_open_part) REFERENCES meeting_part (id, meeting_id, is_open)
);
CREATE INDEX meeting_distribution_by_meeting ON meeting_distribution (meeting_id);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY[
        'meeting', 'meeting_arrangement', 'meeting_part', 'meeting_invitation', 'invitation_answer', 'meeting_entry',
        'meeting_entry_version', 'meeting_action', 'meeting_distribution'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO concordat_gatekeeper;

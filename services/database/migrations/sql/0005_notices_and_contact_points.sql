-- Notices that are chased until somebody has them in hand, e-mails about them, and whom to reach at an agency.

ALTER TABLE member ADD COLUMN IF NOT EXISTS email text;

-- ── Notices and what they wait for ───────────────────────────────────────────

-- What stands in e-mails: a reference of the notice itself, which says nothing about the record.
ALTER TABLE notice
    ADD COLUMN reference text NOT NULL DEFAULT upper('N-' || left(gen_random_uuid()::text, 8)) UNIQUE,
    ADD COLUMN follows uuid REFERENCES notice,
    ADD COLUMN team_id uuid REFERENCES team;
ALTER TABLE notice ALTER COLUMN reference DROP DEFAULT;
CREATE UNIQUE INDEX notice_followed_once ON notice (follows, kind) WHERE follows IS NOT NULL;

CREATE TABLE notice_step (
    notice_id uuid NOT NULL REFERENCES notice,
    step text NOT NULL CHECK (step IN ('chase', 'escalate')),
    awaits text NOT NULL CHECK (awaits IN ('acknowledgement', 'completion')),
    rule text NOT NULL CHECK (rule <> ''),
    due_at timestamptz NOT NULL,
    ended_at timestamptz,
    outcome text CHECK (outcome IN ('sent', 'answered')),
    PRIMARY KEY (notice_id, step),
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX notice_step_waiting ON notice_step (due_at, notice_id) WHERE ended_at IS NULL;

CREATE TABLE notice_acknowledgement (
    notice_id uuid PRIMARY KEY REFERENCES notice,
    member_id uuid NOT NULL REFERENCES member,
    at timestamptz NOT NULL
);

CREATE TABLE task_completion (
    notice_id uuid PRIMARY KEY REFERENCES notice,
    member_id uuid NOT NULL REFERENCES member,
    at timestamptz NOT NULL,
    channel text CHECK (channel IN ('telephone', 'secure_email', 'post', 'in_person')),
    told_at timestamptz,
    note text NOT NULL CHECK (note <> ''),
    CHECK ((channel IS NULL) = (told_at IS NULL))
);

CREATE TABLE notice_preference (
    member_id uuid NOT NULL REFERENCES member,
    kind text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('email')),
    is_on boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (member_id, kind, channel)
);

-- One e-mail for each notice and recipient. Neither text nor address is kept: both are made at the moment of sending.
CREATE TABLE notice_email (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    notice_id uuid NOT NULL REFERENCES notice,
    member_id uuid NOT NULL REFERENCES member,
    created_at timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    given_up_at timestamptz,
    UNIQUE (notice_id, member_id),
    CHECK (num_nonnulls(sent_at, given_up_at) <= 1)
);
CREATE INDEX notice_email_waiting ON notice_email (next_attempt_at, id) WHERE sent_at IS NULL AND given_up_at IS NULL;

-- ── Whom to reach at an agency ───────────────────────────────────────────────

CREATE TABLE contact_point (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('telephone', 'secure_email', 'post')),
    hours text NOT NULL CHECK (hours IN ('always', 'in_hours', 'out_of_hours')),
    nation text CHECK (nation IN ('england', 'wales', 'scotland', 'northern_ireland')),
    name text NOT NULL CHECK (name <> ''),
    address text NOT NULL CHECK (address <> ''),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until >= valid_from),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid REFERENCES member,
    ended_at timestamptz,
    ended_by uuid REFERENCES member
);
CREATE INDEX contact_point_by_agency ON contact_point (agency_id);

CREATE TABLE duty_shift (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    telephone text NOT NULL CHECK (telephone <> ''),
    from_at timestamptz NOT NULL,
    until_at timestamptz NOT NULL CHECK (until_at >= from_at),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid REFERENCES member,
    ended_at timestamptz,
    ended_by uuid REFERENCES member
);
CREATE INDEX duty_shift_by_agency ON duty_shift (agency_id, until_at);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY[
        'notice_step', 'notice_acknowledgement', 'task_completion', 'notice_preference', 'notice_email',
        'contact_point', 'duty_shift'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;

-- People administered by their own agency: what widens access is proposed by one and approved by another.

-- ── Pairs that one person may never hold together ────────────────────────────

CREATE TABLE incompatible_pair (
    kind text NOT NULL CHECK (kind IN ('functions_of_one_person', 'acts_on_one_case')),
    one text NOT NULL,
    other text NOT NULL CHECK (one < other),
    because text NOT NULL CHECK (because <> ''),
    source text NOT NULL CHECK (source <> ''),
    PRIMARY KEY (kind, one, other)
);
INSERT INTO incompatible_pair (kind, one, other, because, source) VALUES
    ('functions_of_one_person', 'decision_maker', 'home_office_operations',
     'Whoever decides on victims does not enforce immigration law, and the other way round.',
     'Platform decision 0010; separation of identification and enforcement'),
    ('acts_on_one_case', 'decide', 'reconsider',
     'Whoever made a decision does not reconsider it.',
     'Platform decision 0010; a second decision maker reconsiders');

-- ── Dated functions that can end at once ─────────────────────────────────────
-- A row that ended on the day it began has no whole day: valid_until = valid_from, and ended_at says when.

CREATE TABLE administrative_proposal (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    act text NOT NULL,
    agency_id uuid REFERENCES agency,
    subject_id uuid REFERENCES member,
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    reason text NOT NULL CHECK (reason <> ''),
    proposed_by uuid NOT NULL REFERENCES member,
    proposed_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > proposed_at),
    outcome text CHECK (outcome IN ('approved', 'declined', 'withdrawn')),
    decided_by uuid REFERENCES member CHECK (decided_by <> subject_id),
    decided_at timestamptz,
    decision_reason text,
    CHECK ((outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)),
    CONSTRAINT nobody_proposes_for_themselves CHECK (proposed_by <> subject_id),
    CONSTRAINT two_people_decide CHECK ((outcome = 'withdrawn') = (decided_by = proposed_by))
);
CREATE INDEX administrative_proposal_open ON administrative_proposal (agency_id, proposed_at) WHERE outcome IS NULL;

ALTER TABLE member ADD COLUMN version integer NOT NULL DEFAULT 1;

ALTER TABLE member_function
    DROP CONSTRAINT member_function_pkey,
    DROP CONSTRAINT member_function_check,
    ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN proposal_id uuid REFERENCES administrative_proposal,
    ADD CONSTRAINT member_function_period
        CHECK (valid_until > valid_from OR valid_until = valid_from AND ended_at IS NOT NULL);
CREATE UNIQUE INDEX member_function_once ON member_function (member_id, function, valid_from) WHERE ended_at IS NULL;
CREATE INDEX member_function_by_member ON member_function (member_id, function);

ALTER TABLE agency_function
    DROP CONSTRAINT agency_function_check,
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN proposal_id uuid REFERENCES administrative_proposal,
    ADD CONSTRAINT agency_function_period
        CHECK (valid_until > valid_from OR valid_until = valid_from AND ended_at IS NOT NULL);

-- ── Training ─────────────────────────────────────────────────────────────────

CREATE TABLE training (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    member_id uuid NOT NULL REFERENCES member,
    kind text NOT NULL CHECK (kind IN ('first_responder', 'decision_maker')),
    completed_on date NOT NULL,
    expires_on date CHECK (expires_on > completed_on),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES member CHECK (recorded_by <> member_id)
);
CREATE INDEX training_by_member ON training (member_id, kind, completed_on);

-- ── Who administered what: append-only ───────────────────────────────────────

CREATE TABLE administrative_record (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    at timestamptz NOT NULL,
    session_id uuid NOT NULL REFERENCES session,
    member_id uuid NOT NULL REFERENCES member,
    actor_agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    agency_id uuid REFERENCES agency,
    act text NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('done', 'refused', 'read')),
    subject_id uuid REFERENCES member,
    proposal_id uuid REFERENCES administrative_proposal,
    before jsonb,
    after jsonb,
    reason text
);
CREATE INDEX administrative_record_by_agency ON administrative_record (agency_id, sequence DESC);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY[
        'incompatible_pair', 'administrative_proposal', 'training', 'administrative_record'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO concordat_gatekeeper;

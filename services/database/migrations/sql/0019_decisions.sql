-- Proposals of decisions, and what an issued decision rests on. A proposal is its authority's own until it is issued.

CREATE TABLE decision_proposal (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    record_id uuid NOT NULL REFERENCES record,
    authority_id uuid NOT NULL REFERENCES agency,
    kind text NOT NULL CHECK (kind IN ('reasonable_grounds', 'conclusive_grounds')),
    outcome text NOT NULL CHECK (outcome IN ('positive', 'negative')),
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    proposed_by uuid NOT NULL REFERENCES member,
    proposed_at timestamptz NOT NULL,
    answer text CHECK (answer IN ('returned', 'issued')),
    answered_by uuid REFERENCES member,
    answered_at timestamptz,
    answer_reason text CHECK (answer_reason <> ''),
    CHECK (num_nulls(answer, answered_by, answered_at) IN (0, 3)),
    CHECK ((answer = 'returned') IS NOT TRUE OR answer_reason IS NOT NULL),
    CONSTRAINT a_negative_has_a_second_look CHECK (
        (answer = 'issued') IS NOT TRUE OR outcome = 'positive' OR answered_by <> proposed_by)
);
CREATE UNIQUE INDEX one_open_proposal ON decision_proposal (record_id) WHERE answer IS NULL;
CREATE INDEX decision_proposal_by_record ON decision_proposal (record_id, sequence);

ALTER TABLE decision
    ADD COLUMN proposal_id uuid UNIQUE REFERENCES decision_proposal,
    ADD COLUMN test_row text;  -- the words of the test that was applied, as a row of the regime

ALTER TABLE decision_proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE decision_proposal FORCE ROW LEVEL SECURITY;
GRANT ALL ON decision_proposal TO concordat_gatekeeper;

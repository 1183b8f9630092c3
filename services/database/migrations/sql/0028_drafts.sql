-- Drafts of the referral form. A draft is no record: nobody stands in it, and only its author's agency, in the function
-- it was begun in, ever reads it. It is gone when it is sent, thrown away, or not saved for too long.
CREATE TABLE referral_draft (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    reference text NOT NULL UNIQUE,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    author_id uuid NOT NULL REFERENCES member,
    form_version text NOT NULL,
    answers jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'object'),
    version integer NOT NULL CHECK (version > 0),
    started_at timestamptz NOT NULL,
    saved_at timestamptz NOT NULL,
    saved_by uuid NOT NULL REFERENCES member,
    warn_on date NOT NULL,
    last_day date NOT NULL CHECK (last_day > warn_on),
    regime_rows text[] NOT NULL,
    warned_at timestamptz
);
CREATE INDEX referral_draft_by_agency ON referral_draft (agency_id, function, saved_at DESC);
CREATE INDEX referral_draft_by_day ON referral_draft (last_day);

ALTER TABLE referral_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral_draft FORCE ROW LEVEL SECURITY;
GRANT ALL ON referral_draft TO concordat_gatekeeper;

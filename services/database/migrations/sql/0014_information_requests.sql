-- Information requests: who asks whom for what, why and by when, and what became of it.

-- The id is also that of the notice which tells the addressee.
CREATE TABLE information_request (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    record_id uuid NOT NULL REFERENCES record,
    asked_by uuid NOT NULL REFERENCES member,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    addressee_agency_id uuid NOT NULL REFERENCES agency,
    addressee_function text NOT NULL,
    involvement_id uuid NOT NULL UNIQUE REFERENCES involvement,
    purpose text NOT NULL CHECK (purpose <> ''),
    question text NOT NULL CHECK (question <> ''),
    necessity text NOT NULL CHECK (necessity <> ''),
    groups text[] NOT NULL,
    article_6 text NOT NULL,
    condition text NOT NULL,
    power text NOT NULL,
    words text[] NOT NULL,  -- the rows of the lawful words and of the time to answer, as they stood that day
    urgency text NOT NULL,
    asked_at timestamptz NOT NULL,
    due_on date NOT NULL,
    expires_on date NOT NULL CHECK (expires_on >= due_on)
);
CREATE INDEX information_request_by_record ON information_request (record_id);
CREATE INDEX information_request_to_answer ON information_request (addressee_agency_id, addressee_function, due_on, id);
CREATE INDEX information_request_asked ON information_request (agency_id, function, due_on, id);

-- The addressee may be the danger itself: for those who asked, never for those who answer.
CREATE TABLE information_request_conflict (
    request_id uuid PRIMARY KEY REFERENCES information_request,
    why text NOT NULL CHECK (why <> '')
);

CREATE TABLE information_request_step (
    request_id uuid NOT NULL REFERENCES information_request,
    step integer NOT NULL CHECK (step > 0),
    status text NOT NULL CHECK (status IN ('pending', 'acknowledged', 'partial', 'fulfilled', 'no_information_held',
                                           'refused', 'withdrawn', 'redirected')),
    at timestamptz NOT NULL,
    member_id uuid NOT NULL REFERENCES member,
    words text CHECK (words <> ''),
    refusal_code text,
    redirected_agency_id uuid REFERENCES agency,
    redirected_function text,
    share_id uuid UNIQUE REFERENCES share,
    released jsonb CHECK (jsonb_typeof(released) = 'object'),  -- the groups, each with the version answered with
    PRIMARY KEY (request_id, step),
    CHECK ((status = 'refused') = (refusal_code IS NOT NULL)),
    CHECK (num_nonnulls(redirected_agency_id, redirected_function) = CASE status WHEN 'redirected' THEN 2 ELSE 0 END),
    CHECK ((share_id IS NULL) = (released IS NULL)),
    CHECK (share_id IS NULL OR status IN ('partial', 'fulfilled')),
    CHECK (words IS NOT NULL OR share_id IS NOT NULL OR status IN ('pending', 'acknowledged'))
);

-- Whoever leaves hands over the requests that were theirs to answer.
ALTER TABLE handover ADD COLUMN requests integer NOT NULL DEFAULT 0 CHECK (requests >= 0);
ALTER TABLE handover ALTER COLUMN requests DROP DEFAULT;

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['information_request', 'information_request_conflict', 'information_request_step'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;

-- Closed parts of minutes, and what follows a meeting: sign-off, dissent, the seal, addenda. Nothing of it is ever changed.

-- Who reads a closed part. Everybody else cannot tell that there is one.
CREATE TABLE meeting_part_reader (
    part_id uuid NOT NULL REFERENCES meeting_part,
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    added_at timestamptz NOT NULL,
    added_by uuid NOT NULL REFERENCES member,
    PRIMARY KEY (part_id, agency_id, function)
);
CREATE INDEX meeting_part_reader_by_record ON meeting_part_reader (record_id, agency_id, function);

-- When the minutes went out to be signed off, until when, and by which row.
CREATE TABLE minutes_sent_out (
    meeting_id uuid PRIMARY KEY REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL CHECK (in_open_part),
    sent_out_at timestamptz NOT NULL,
    due_on date NOT NULL,
    regime_row text NOT NULL,
    sent_out_by uuid NOT NULL REFERENCES member,
    FOREIGN KEY (part_id, meeting_id, in_open_part) REFERENCES meeting_part (id, meeting_id, is_open)
);

-- What an agency says of the minutes of a part, or of one passage of it.
CREATE TABLE minutes_sign_off (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY,  -- the order; no reader sees the number
    answer text NOT NULL CHECK (answer IN ('agreed', 'disputed', 'correction_asked')),
    entry_id uuid,
    words text CHECK (words <> ''),
    at timestamptz NOT NULL,
    signed_by uuid NOT NULL REFERENCES member,
    FOREIGN KEY (part_id, meeting_id, in_open_part) REFERENCES meeting_part (id, meeting_id, is_open),
    FOREIGN KEY (entry_id, part_id, in_open_part) REFERENCES meeting_entry (id, part_id, in_open_part),
    CHECK ((answer = 'agreed') = (entry_id IS NULL)),
    CHECK (answer = 'agreed' OR words IS NOT NULL)
);
CREATE INDEX minutes_sign_off_by_meeting ON minutes_sign_off (meeting_id);

-- Dissent that went to the managers: of whoever dissents, and of those who own what was decided.
CREATE TABLE dissent_escalation (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    entry_id uuid NOT NULL,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    words text NOT NULL CHECK (words <> ''),
    at timestamptz NOT NULL,
    escalated_by uuid NOT NULL REFERENCES member,
    FOREIGN KEY (part_id, meeting_id, in_open_part) REFERENCES meeting_part (id, meeting_id, is_open),
    FOREIGN KEY (entry_id, part_id, in_open_part) REFERENCES meeting_entry (id, part_id, in_open_part)
);
CREATE INDEX dissent_escalation_by_meeting ON dissent_escalation (meeting_id);

-- What a part said when the chair closed the meeting: a hash of its own entries and nothing else. The open part also holds
-- who chaired, and the quorum of each decision as it was judged on that day.
CREATE TABLE minutes_seal (
    part_id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    in_open_part boolean NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    quorum jsonb,
    sealed_at timestamptz NOT NULL,
    FOREIGN KEY (part_id, meeting_id, in_open_part) REFERENCES meeting_part (id, meeting_id, is_open),
    CHECK (in_open_part = (quorum IS NOT NULL))
);
CREATE INDEX minutes_seal_by_meeting ON minutes_seal (meeting_id);

CREATE TABLE minutes_addendum (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    meeting_id uuid NOT NULL REFERENCES meeting,
    record_id uuid NOT NULL REFERENCES record,
    part_id uuid NOT NULL,
    in_open_part boolean NOT NULL,
    entry_id uuid,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    words text NOT NULL CHECK (words <> ''),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    at timestamptz NOT NULL,
    added_by uuid NOT NULL REFERENCES member,
    FOREIGN KEY (part_id, meeting_id, in_open_part) REFERENCES meeting_part (id, meeting_id, is_open),
    FOREIGN KEY (entry_id, part_id, in_open_part) REFERENCES meeting_entry (id, part_id, in_open_part)
);
CREATE INDEX minutes_addendum_by_meeting ON minutes_addendum (meeting_id);

-- Where whoever writes in a part and whoever closes the meeting meet, if they do it at the same moment.
CREATE TABLE minutes_writing (
    part_id uuid NOT NULL REFERENCES meeting_part,
    slot smallint NOT NULL CHECK (slot BETWEEN 0 AND 15),
    times bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (part_id, slot)
);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY[
        'meeting_part_reader', 'minutes_sent_out', 'minutes_sign_off', 'dissent_escalation', 'minutes_seal',
        'minutes_addendum', 'minutes_writing'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO concordat_gatekeeper;

-- Functions that end by their own date are noted once, and what nobody can take over is told to administrators.

ALTER TABLE member_function ADD COLUMN lapse_noted_at timestamptz;
CREATE INDEX member_function_lapsed ON member_function (valid_until) WHERE lapse_noted_at IS NULL AND ended_at IS NULL;
ALTER TABLE agency_function ADD COLUMN lapse_noted_at timestamptz;
CREATE INDEX agency_function_lapsed ON agency_function (valid_until) WHERE lapse_noted_at IS NULL;

-- The notices that told of an end which nobody could take over; they are done as soon as somebody did.
ALTER TABLE planned_end ADD COLUMN notice_ids uuid[] NOT NULL DEFAULT '{}';

-- A notice for whoever administers; people who work on cases of the same function have another inbox.
ALTER TABLE notice ADD COLUMN for_administrators boolean NOT NULL DEFAULT false;

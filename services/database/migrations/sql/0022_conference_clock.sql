-- A case waits for one initial child protection conference: two who decide at the same moment meet here, and the second
-- begins again with the first one's decision before its eyes.
CREATE UNIQUE INDEX clock_one_conference ON clock (record_id) WHERE kind = 'initial_conference' AND ended_at IS NULL;

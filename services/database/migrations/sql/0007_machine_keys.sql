-- Keys of a living machine client: added by two people, retired by one; a session remembers the key that began it.

ALTER TABLE machine_key
    ADD COLUMN proposal_id uuid REFERENCES administrative_proposal,
    ADD COLUMN retired_at timestamptz;
ALTER TABLE session ADD COLUMN machine_key text REFERENCES machine_key;
CREATE INDEX session_by_machine_key ON session (machine_key) WHERE ended_at IS NULL AND machine_key IS NOT NULL;

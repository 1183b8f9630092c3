-- What a body without an account says of the minutes it was sent: whose answer it is, and who there said it.
ALTER TABLE minutes_sign_off
    ALTER COLUMN agency_id DROP NOT NULL,
    ADD COLUMN invitation_id uuid REFERENCES meeting_invitation,
    ADD COLUMN body_name text CHECK (body_name <> ''),
    ADD COLUMN said_by text CHECK (said_by <> ''),
    ADD CHECK (num_nonnulls(invitation_id, body_name, said_by) IN (0, 3)),
    ADD CHECK (agency_id IS NOT NULL OR invitation_id IS NOT NULL),
    ADD CHECK (invitation_id IS NULL OR in_open_part);

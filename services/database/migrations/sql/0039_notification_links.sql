-- That a notification was about the person of a case, said by that person's consent. A notification is of one person, so it is
-- linked once and for good; nothing of the case is written into it.
CREATE TABLE notification_link (
    notification_id uuid PRIMARY KEY REFERENCES record,
    record_id uuid NOT NULL REFERENCES record,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    form text NOT NULL CHECK (form IN ('written', 'verbal')),
    said_on date NOT NULL,
    heard_by text NOT NULL,
    linked_at timestamptz NOT NULL,
    linked_by uuid NOT NULL REFERENCES member
);
CREATE INDEX notification_link_by_case ON notification_link (record_id);

ALTER TABLE notification_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE notification_link FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON notification_link TO concordat_gatekeeper;

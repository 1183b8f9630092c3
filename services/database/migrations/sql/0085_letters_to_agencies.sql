-- A letter goes to the person, for a child to whoever stands for them, or to the first responder; to which agency is looked
-- up when it is given.
ALTER TABLE letter ADD COLUMN addressee text NOT NULL DEFAULT 'person'
    CHECK (addressee IN ('person', 'for_the_child', 'first_responder'));
ALTER TABLE letter ALTER COLUMN addressee DROP DEFAULT;
ALTER TABLE letter ADD COLUMN to_agency_id uuid REFERENCES agency;
ALTER TABLE letter ADD COLUMN to_function text;
ALTER TABLE letter ADD CHECK (num_nulls(to_agency_id, to_function) IN (0, 2));

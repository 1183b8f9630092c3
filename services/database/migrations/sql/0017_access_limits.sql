-- Bars and restrictions as acts of people: who wants a bar to end, and who agreed.

ALTER TABLE access_bar
    ADD COLUMN end_proposed_by uuid REFERENCES member,
    ADD COLUMN end_proposed_at timestamptz,
    ADD COLUMN end_reason text CHECK (end_reason <> ''),
    ADD COLUMN ended_by uuid REFERENCES member,
    ADD CONSTRAINT access_bar_end_has_a_reason
        CHECK (num_nonnulls(end_proposed_by, end_proposed_at, end_reason) IN (0, 3)),
    ADD CONSTRAINT access_bar_two_people_end_it CHECK (ended_by <> end_proposed_by),
    ADD CONSTRAINT access_bar_not_for_oneself CHECK (given_by <> member_id);

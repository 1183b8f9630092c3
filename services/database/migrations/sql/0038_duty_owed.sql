-- A notification keeps the row by which its sender owed it, or did not.

ALTER TABLE case_fact DROP CONSTRAINT case_fact_in_its_group;
ALTER TABLE case_fact ADD CONSTRAINT case_fact_in_its_group CHECK ((kind, data_group) IN (
    ('stage', 'core'), ('nation', 'core'), ('age', 'identity'), ('age', 'duty_to_notify'),
    ('age_at_exploitation', 'identity'), ('current_town', 'contact'), ('current_region', 'contact'),
    ('cooperation', 'criminal_justice'), ('cooperation', 'duty_to_notify'), ('support_wanted', 'support_plan'),
    ('consent', 'referrer'), ('duty_row', 'duty_to_notify')));

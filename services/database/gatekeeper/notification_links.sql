-- Of whom a notification spoke: said once, by whoever may act on both records, and read by that agency's function alone.

CREATE OR REPLACE FUNCTION link_notification(
    the_notification uuid, the_case uuid, the_form text, the_day date, the_hearer text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT doing(the_notification, 'duty_to_notify.link') OR NOT doing(the_case, 'duty_to_notify.link')
       OR (SELECT r.kind FROM record r WHERE r.id = the_notification) <> 'duty_to_notify'
       OR (SELECT r.kind FROM record r WHERE r.id = the_case) <> 'case' THEN
        RAISE EXCEPTION 'not allowed to link' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO notification_link (notification_id, record_id, agency_id, function, form, said_on, heard_by, linked_at,
                                   linked_by)
    VALUES (the_notification, the_case, my_agency(), my_function(), the_form, the_day, the_hearer, moment(), my_member())
    ON CONFLICT (notification_id) DO NOTHING;
    RETURN FOUND;
END $$;

-- The case of whom a notification spoke, for the agency's function that said so and nobody else. Both are looked at after that,
-- each with a line of its own: whoever has no link looks at nothing.
CREATE OR REPLACE FUNCTION case_of_notification(the_notification uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT l.record_id FROM notification_link l
    WHERE l.notification_id = the_notification AND l.agency_id = my_agency() AND l.function = my_function()
$$;

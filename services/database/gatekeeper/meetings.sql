-- Strategy meetings. Whoever holds the whole group strategy_minutes runs them; whoever is invited reaches one meeting:
-- first the meeting itself, when and where it is; once it is open, its open part.

-- Who may chair: a team manager of the children's services, or above.
CREATE OR REPLACE FUNCTION may_chair(the_member uuid, the_agency uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM member m JOIN member_function mf ON mf.member_id = m.id
        WHERE m.id = the_member AND m.agency_id = the_agency AND NOT m.is_service
          AND mf.function = 'childrens_services' AND mf.access_level IN ('practitioner', 'approver')
          AND mf.valid_from <= london_today() AND (mf.valid_until IS NULL OR mf.valid_until > london_today())
          AND (mf.access_level = 'approver' OR EXISTS (
                SELECT FROM team t WHERE t.agency_id = the_agency AND t.function = mf.function AND manages(m.id, t.id))))
$$;

CREATE OR REPLACE FUNCTION my_chairs() RETURNS TABLE (id uuid, display_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT m.id, m.display_name FROM member m WHERE m.agency_id = my_agency() AND may_chair(m.id, my_agency())
    ORDER BY m.display_name, m.id
$$;

-- The meeting, if it is the actor's own: doing an act on its record in this transaction, with the whole group open to them.
CREATE OR REPLACE FUNCTION own_meeting(the_meeting uuid) RETURNS meeting
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT m FROM meeting m
    WHERE m.id = the_meeting AND doing(m.record_id, NULL)
      AND (m.record_id, 'strategy_minutes') IN (SELECT * FROM writable())
      AND (m.record_id, 'strategy_minutes') IN (SELECT * FROM admitted())
$$;

-- The same, while it is neither closed nor cancelled.
CREATE OR REPLACE FUNCTION run_meeting(the_meeting uuid) RETURNS meeting
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT m FROM own_meeting(the_meeting) m WHERE m.closed_at IS NULL AND m.cancelled_at IS NULL
$$;

CREATE OR REPLACE FUNCTION convene_meeting(the_record uuid, the_occasion uuid, the_nation text, arranged jsonb)
RETURNS TABLE (meeting_id uuid, part_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    made meeting;
    part uuid;
BEGIN
    IF NOT doing(the_record, 'meeting.convene') THEN
        RAISE EXCEPTION 'not allowed to convene' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO meeting (record_id, occasion_id, authority_id, nation, convened_at, convened_by)
    VALUES (the_record, the_occasion, my_agency(), the_nation, moment(), my_member()) RETURNING * INTO made;
    INSERT INTO meeting_part (meeting_id, record_id, is_open, made_at) VALUES (made.id, the_record, true, moment())
    RETURNING id INTO part;
    PERFORM arrange_meeting(made.id, 0, arranged);
    RETURN QUERY SELECT made.id, part;
END $$;

-- When, where and in whose hands, from now on.
CREATE OR REPLACE FUNCTION arrange_meeting(the_meeting uuid, known_version integer, arranged jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant meeting := run_meeting(the_meeting);
    given record;
BEGIN
    SELECT * INTO given FROM jsonb_to_record(arranged) AS a (
        mode text, starts_at timestamptz, ends_at timestamptz, place text, chair uuid, minute_taker text);
    IF found.id IS NULL OR NOT doing(found.record_id, 'meeting.convene')
       OR NOT may_chair(given.chair, found.authority_id) THEN
        RAISE EXCEPTION 'not allowed to arrange' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO meeting_arrangement (meeting_id, version, record_id, mode, starts_at, ends_at, place, chair_id, chair_name,
                                     minute_taker_name, recorded_at, recorded_by)
    SELECT found.id, known_version + 1, found.record_id, given.mode, given.starts_at, given.ends_at, given.place, m.id,
           m.display_name, given.minute_taker, moment(), my_member()
    FROM member m WHERE m.id = given.chair;
END $$;

-- An item in an involvement's scope, once.
CREATE OR REPLACE FUNCTION reach_item(the_involvement uuid, the_item uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO involvement_scope (involvement_id, data_group, item_id, recorded_at)
    SELECT the_involvement, 'strategy_minutes', the_item, moment()
    WHERE NOT EXISTS (SELECT FROM involvement_scope s WHERE s.involvement_id = the_involvement AND s.item_id = the_item)
$$;

-- The function of an agency reaches the meeting, and its open part as soon as that is open. Bodies that are no agency
-- here are invited by name and reach nothing.
CREATE OR REPLACE FUNCTION invite_to_meeting(
    the_meeting uuid, the_agency uuid, the_function text, the_name text, is_home boolean, the_purpose text, the_basis text)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant meeting := run_meeting(the_meeting);
    part meeting_part;
    involved uuid;
    invited uuid;
BEGIN
    IF found.id IS NULL OR NOT doing(found.record_id, 'meeting.convene')
       OR (the_agency, the_function) = (found.authority_id, 'childrens_services') THEN
        RAISE EXCEPTION 'not allowed to invite' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO part FROM meeting_part p WHERE p.meeting_id = found.id AND p.is_open;
    IF the_agency IS NOT NULL THEN
        involved := add_involvement(found.record_id, the_agency, the_function, 'attendee', the_purpose, the_basis,
                                    'meeting.convene', my_member());
        INSERT INTO involvement_scope (involvement_id, data_group, recorded_at)
        SELECT involved, 'core', moment()
        WHERE NOT EXISTS (SELECT FROM involvement_scope s WHERE s.involvement_id = involved AND s.data_group = 'core');
        PERFORM reach_item(involved, found.id);
        IF found.opened_at IS NOT NULL THEN
            PERFORM reach_item(involved, part.id);
        END IF;
        INSERT INTO assignment (record_id, involvement_id, agency_id, function, team_id, reason, given_by, from_at)
        SELECT found.record_id, involved, the_agency, the_function, t.id, 'Invited to a meeting: intake team', my_member(),
               moment()
        FROM team t WHERE t.agency_id = the_agency AND t.function = the_function AND t.is_intake
          AND NOT EXISTS (SELECT FROM assignment a WHERE a.involvement_id = involved AND a.until_at IS NULL);
        PERFORM change_of_access(found.record_id);
    END IF;
    INSERT INTO meeting_invitation (meeting_id, record_id, part_id, in_open_part, agency_id, function, body_name,
                                    involvement_id, is_home_authority, invited_at, invited_by)
    VALUES (found.id, found.record_id, part.id, true, the_agency, the_function, the_name, involved, is_home, moment(),
            my_member())
    RETURNING id INTO invited;
    RETURN invited;
END $$;

-- From now on everybody invited reads the open part, whether they came or not.
CREATE OR REPLACE FUNCTION open_meeting(the_meeting uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant meeting := run_meeting(the_meeting);
BEGIN
    IF found.id IS NULL OR found.opened_at IS NOT NULL THEN
        RAISE EXCEPTION 'not allowed to open' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE meeting SET opened_at = moment() WHERE id = found.id;
    PERFORM reach_item(i.involvement_id, i.part_id) FROM meeting_invitation i
    WHERE i.meeting_id = found.id AND i.in_open_part AND i.involvement_id IS NOT NULL;
    PERFORM change_of_access(found.record_id);
END $$;

-- Nobody comes together; whoever was invited sees that it was cancelled, and why.
CREATE OR REPLACE FUNCTION cancel_meeting(the_meeting uuid, the_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant meeting := run_meeting(the_meeting);
BEGIN
    IF found.id IS NULL OR found.opened_at IS NOT NULL OR NOT doing(found.record_id, 'meeting.convene') THEN
        RAISE EXCEPTION 'not allowed to cancel' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE meeting SET cancelled_at = moment(), cancelled_because = the_reason WHERE id = found.id;
END $$;

-- The invited agency says who comes, or that nobody does; for others, whoever runs the meeting writes the answer down.
-- A named colleague gets the record assigned, so that they find the meeting.
CREATE OR REPLACE FUNCTION answer_invitation(
    the_invitation uuid, the_answer text, the_member uuid, the_name text, the_note text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    invited meeting_invitation;
    theirs boolean;
    answered uuid;
BEGIN
    SELECT * INTO invited FROM meeting_invitation WHERE id = the_invitation;
    theirs := (invited.agency_id, invited.function) = (me.agency_id, me.function)
        AND doing(invited.record_id, 'invitation.answer') AND invited.meeting_id IN (SELECT * FROM admitted_items());
    IF theirs IS NOT TRUE AND (run_meeting(invited.meeting_id)).id IS NULL THEN
        RAISE EXCEPTION 'not allowed to answer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF the_member IS NOT NULL AND (theirs IS NOT TRUE OR NOT EXISTS (
            SELECT FROM my_colleagues() c WHERE c.id = the_member)) THEN
        RAISE EXCEPTION 'nobody who can come' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO invitation_answer (invitation_id, meeting_id, record_id, part_id, in_open_part, agency_id, function, answer,
                                   member_id, person_name, note, at, answered_by, for_them)
    VALUES (invited.id, invited.meeting_id, invited.record_id, invited.part_id, invited.in_open_part, invited.agency_id,
            invited.function, the_answer, the_member,
            coalesce((SELECT m.display_name FROM member m WHERE m.id = the_member), the_name), the_note, moment(),
            me.member_id, theirs IS NOT TRUE)
    RETURNING id INTO answered;
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
    SELECT invited.record_id, invited.involvement_id, me.agency_id, me.function, the_member, 'Goes to a meeting',
           me.member_id, moment()
    WHERE the_member IS NOT NULL AND NOT EXISTS (
        SELECT FROM assignment a WHERE a.involvement_id = invited.involvement_id AND a.member_id = the_member
          AND a.until_at IS NULL);
    IF the_member IS NOT NULL THEN
        PERFORM change_of_access(invited.record_id);
    END IF;
    RETURN answered;
END $$;

-- After a meeting: the minutes go out, every agency answers, the chair closes; dissent, addenda and releases.

CREATE OR REPLACE FUNCTION send_out_minutes(the_meeting uuid, the_day date, the_row text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant meeting := run_meeting(the_meeting);
BEGIN
    IF found.id IS NULL OR found.opened_at IS NULL OR NOT doing(found.record_id, 'meeting.record') THEN
        RAISE EXCEPTION 'not allowed to send out' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO minutes_sent_out (meeting_id, record_id, part_id, in_open_part, sent_out_at, due_on, regime_row, sent_out_by)
    SELECT found.id, found.record_id, p.id, p.is_open, moment(), the_day, the_row, my_member()
    FROM meeting_part p WHERE p.meeting_id = found.id AND p.is_open;
END $$;

-- An invited agency agrees with a part, or says what is wrong with a passage of it.
CREATE OR REPLACE FUNCTION sign_minutes(the_part uuid, the_answer text, the_entry uuid, the_words text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    part constant meeting_part := reached_part(the_part);
    signed uuid;
BEGIN
    IF part.id IS NULL OR NOT doing(part.record_id, 'minutes.sign')
       OR NOT EXISTS (SELECT FROM minutes_sent_out s JOIN meeting m ON m.id = s.meeting_id
                      WHERE s.meeting_id = part.meeting_id AND m.closed_at IS NULL)
       OR NOT EXISTS (SELECT FROM meeting_invitation i WHERE i.meeting_id = part.meeting_id
                      AND (i.agency_id, i.function) = (me.agency_id, me.function)) THEN
        RAISE EXCEPTION 'not allowed to sign' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO minutes_sign_off (meeting_id, record_id, part_id, in_open_part, agency_id, function, answer, entry_id,
                                  words, at, signed_by)
    VALUES (part.meeting_id, part.record_id, part.id, part.is_open, me.agency_id, me.function, the_answer, the_entry,
            the_words, moment(), me.member_id)
    RETURNING id INTO signed;
    RETURN signed;
END $$;

-- A body without an account says something of the copy it was sent; the council that holds the meeting writes it down.
CREATE OR REPLACE FUNCTION sign_minutes_for(
    the_invitation uuid, the_answer text, the_entry uuid, the_words text, the_person text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    invited meeting_invitation;
    signed uuid;
BEGIN
    SELECT * INTO invited FROM meeting_invitation i WHERE i.id = the_invitation;
    IF (run_meeting(invited.meeting_id)).id IS NULL OR NOT doing(invited.record_id, 'meeting.record')
       OR EXISTS (SELECT FROM agency a WHERE a.id = invited.agency_id AND a.on_platform)
       OR NOT EXISTS (SELECT FROM minutes_sent_out s WHERE s.meeting_id = invited.meeting_id)
       OR NOT EXISTS (SELECT FROM meeting_distribution d WHERE d.invitation_id = invited.id AND d.what = 'record') THEN
        RAISE EXCEPTION 'not allowed to sign for them' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO minutes_sign_off (meeting_id, record_id, part_id, in_open_part, agency_id, function, answer, entry_id,
                                  words, at, signed_by, invitation_id, body_name, said_by)
    VALUES (invited.meeting_id, invited.record_id, invited.part_id, invited.in_open_part, invited.agency_id,
            invited.function, the_answer, the_entry, the_words, moment(), my_member(), invited.id, invited.body_name,
            the_person)
    RETURNING id INTO signed;
    RETURN signed;
END $$;

-- Whether everybody who has to answer has: each body that was invited, about the open part.
CREATE OR REPLACE FUNCTION awaits_sign_off(the_meeting uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM meeting_invitation i
        WHERE i.meeting_id = the_meeting AND i.in_open_part AND NOT EXISTS (
            SELECT FROM minutes_sign_off s WHERE s.meeting_id = i.meeting_id AND s.in_open_part
              AND (s.invitation_id = i.id OR (s.agency_id, s.function) = (i.agency_id, i.function))))
$$;

-- The chair closes: a decision, somebody who chaired, and every answer or the last day. Each part is sealed on its own.
CREATE OR REPLACE FUNCTION close_meeting(the_meeting uuid, the_quorum jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant meeting := run_meeting(the_meeting);
    standing_entries jsonb;
BEGIN
    SELECT jsonb_agg(jsonb_build_object('kind', e.kind, 'content', v.content)) INTO standing_entries
    FROM meeting_entry e CROSS JOIN LATERAL (
        SELECT * FROM meeting_entry_version x WHERE x.entry_id = e.id ORDER BY x.version DESC LIMIT 1) v
    WHERE e.meeting_id = found.id AND e.in_open_part AND NOT v.is_withdrawn;
    IF found.id IS NULL OR NOT doing(found.record_id, 'meeting.close')
       OR my_member() IS DISTINCT FROM (SELECT a.chair_id FROM meeting_arrangement a WHERE a.meeting_id = found.id
                                        ORDER BY a.version DESC LIMIT 1)
       OR NOT jsonb_path_exists(standing_entries, '$[*] ? (@.kind == "decision")')
       OR NOT jsonb_path_exists(standing_entries, '$[*].content ? (@.is_chair == true && @.presence == "present")')
       OR jsonb_typeof(the_quorum) <> 'array' OR the_quorum = '[]'
       OR NOT EXISTS (SELECT FROM minutes_sent_out s WHERE s.meeting_id = found.id
                      AND (s.due_on < london_today() OR NOT awaits_sign_off(found.id))) THEN
        RAISE EXCEPTION 'not allowed to close' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM touch_writing(p.id, s::smallint)
    FROM meeting_part p, generate_series(0, 15) s WHERE p.meeting_id = found.id ORDER BY p.id, s;
    UPDATE meeting SET closed_at = moment() WHERE id = found.id;
    INSERT INTO minutes_seal (part_id, meeting_id, record_id, in_open_part, sha256, quorum, sealed_at)
    SELECT p.id, p.meeting_id, p.record_id, p.is_open, part_hash(p.id), CASE WHEN p.is_open THEN the_quorum END, moment()
    FROM meeting_part p WHERE p.meeting_id = found.id;
END $$;

-- After closing: something more, with a hash of its own that holds the part's seal.
CREATE OR REPLACE FUNCTION add_to_minutes(the_part uuid, the_entry uuid, the_words text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    part constant meeting_part := reached_part(the_part);
    seal constant text := (SELECT s.sha256 FROM minutes_seal s WHERE s.part_id = part.id);
    added uuid;
BEGIN
    IF part.id IS NULL OR seal IS NULL OR NOT doing(part.record_id, 'meeting.record')
       OR NOT takes_part(part.meeting_id, me.agency_id, me.function) THEN
        RAISE EXCEPTION 'not allowed to add' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO minutes_addendum (meeting_id, record_id, part_id, in_open_part, entry_id, agency_id, function, words,
                                  sha256, at, added_by)
    VALUES (part.meeting_id, part.record_id, part.id, part.is_open, the_entry, me.agency_id, me.function, the_words,
            encode(sha256(convert_to(canonical_json(jsonb_build_object('seal', seal, 'entry', the_entry,
                'agency', me.agency_id, 'function', me.function, 'words', the_words)), 'UTF8')), 'hex'),
            moment(), me.member_id)
    RETURNING id INTO added;
    RETURN added;
END $$;

-- Whoever dissents from a passage takes it to the managers.
CREATE OR REPLACE FUNCTION escalate_dissent(the_entry uuid, the_words text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    part constant meeting_part := reached_part((SELECT e.part_id FROM meeting_entry e WHERE e.id = the_entry));
    escalated uuid;
BEGIN
    IF part.id IS NULL OR NOT doing(part.record_id, 'minutes.sign')
       OR NOT dissents(the_entry, me.agency_id, me.function) THEN
        RAISE EXCEPTION 'not allowed to escalate' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO dissent_escalation (meeting_id, record_id, part_id, in_open_part, entry_id, agency_id, function, words,
                                    at, escalated_by)
    VALUES (part.meeting_id, part.record_id, part.id, part.is_open, the_entry, me.agency_id, me.function, the_words,
            moment(), me.member_id)
    RETURNING id INTO escalated;
    RETURN escalated;
END $$;

-- Said at the meeting and not withdrawn since, or at sign-off.
CREATE OR REPLACE FUNCTION dissents(the_entry uuid, the_agency uuid, the_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM minutes_sign_off s WHERE s.entry_id = the_entry AND s.answer = 'disputed'
                   AND (s.agency_id, s.function) = (the_agency, the_function))
        OR EXISTS (SELECT FROM meeting_entry passage
            JOIN meeting_entry e ON e.meeting_id = passage.meeting_id AND e.kind = 'position'
            CROSS JOIN LATERAL (
                SELECT * FROM meeting_entry_version x WHERE x.entry_id = e.id ORDER BY x.version DESC LIMIT 1) v
            WHERE passage.id = the_entry AND NOT v.is_withdrawn AND (v.content ->> 'on')::uuid = the_entry
              AND NOT (v.content ->> 'agrees')::boolean
              AND (v.content -> 'body' ->> 'agency')::uuid = the_agency
              AND v.content -> 'body' ->> 'function' = the_function)
$$;

-- The originator gives closed minutes to a function of an agency: the open part, and closed parts that it reads and names.
CREATE OR REPLACE FUNCTION release_minutes(
    the_meeting uuid, the_agency uuid, the_function text, the_parts uuid[], the_purpose text, the_basis text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant meeting := own_meeting(the_meeting);
    involved uuid;
BEGIN
    IF found.id IS NULL OR found.closed_at IS NULL OR NOT doing(found.record_id, 'minutes.release')
       OR found.authority_id IS DISTINCT FROM my_agency()
       OR EXISTS (SELECT FROM unnest(the_parts) p WHERE NOT EXISTS (
            SELECT FROM meeting_part x WHERE x.id = p AND x.meeting_id = found.id AND (reached_part(p)).id = p)) THEN
        RAISE EXCEPTION 'not allowed to release' USING ERRCODE = 'insufficient_privilege';
    END IF;
    involved := add_involvement(found.record_id, the_agency, the_function, 'released_to', the_purpose, the_basis,
                                'minutes.release', my_member());
    INSERT INTO involvement_scope (involvement_id, data_group, recorded_at)
    SELECT involved, 'core', moment()
    WHERE NOT EXISTS (SELECT FROM involvement_scope s WHERE s.involvement_id = involved AND s.data_group = 'core');
    PERFORM reach_item(involved, item) FROM (
        SELECT found.id AS item
        UNION SELECT p.id FROM meeting_part p WHERE p.meeting_id = found.id AND p.is_open
        UNION SELECT unnest(the_parts)) items;
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, team_id, reason, given_by, from_at)
    SELECT found.record_id, involved, the_agency, the_function, t.id, 'Given minutes: intake team', my_member(), moment()
    FROM team t WHERE t.agency_id = the_agency AND t.function = the_function AND t.is_intake
      AND NOT EXISTS (SELECT FROM assignment a WHERE a.involvement_id = involved AND a.until_at IS NULL);
    PERFORM change_of_access(found.record_id);
    RETURN involved;
END $$;

-- What ends by its own date, with nobody acting on that day: a function that somebody was given until then, a team's last
-- place, and a function of a whole agency. Access ends by the dates themselves; here the worker notes it once, so that no work is left with
-- somebody who cannot see it.

-- ── Somebody's function ──────────────────────────────────────────────────────────────────────────────────────

-- Each becomes an end like a planned one, in the name of whoever approved it: what is theirs goes to the intake team. No
-- end is made where one is planned already, or where the same function was given again without a gap.
CREATE OR REPLACE FUNCTION note_lapses() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH lapsed AS (
        UPDATE member_function mf SET lapse_noted_at = moment() WHERE mf.id IN (
            SELECT l.id FROM member_function l
            WHERE l.lapse_noted_at IS NULL AND l.ended_at IS NULL AND l.valid_until <= london_today()
            FOR UPDATE SKIP LOCKED)
        RETURNING mf.*)
    INSERT INTO planned_end (member_id, agency_id, function, ends_on, successors, former, reason, planned_by, planned_at)
    SELECT DISTINCT ON (l.member_id, l.function) l.member_id, m.agency_id, l.function, l.valid_until, '[]',
           '{"functions": {}, "teams": {}}', 'The function was given until this day.',
           coalesce((SELECT p.decided_by FROM administrative_proposal p WHERE p.id = l.proposal_id), my_member()), moment()
    FROM lapsed l JOIN member m ON m.id = l.member_id AND NOT m.is_service
    WHERE NOT EXISTS (SELECT FROM member_function mf WHERE mf.member_id = l.member_id AND mf.function = l.function
                      AND is_live(mf.valid_from, mf.valid_until))
      AND NOT EXISTS (SELECT FROM planned_end p WHERE p.member_id = l.member_id AND p.settled_at IS NULL
                      AND (p.function IS NULL OR p.function = l.function))
    ORDER BY l.member_id, l.function, l.valid_until DESC
    ON CONFLICT DO NOTHING
$$;

-- ── A team's last place ──────────────────────────────────────────────────────────────────────────────────────

-- Whether something waits for a team in which nobody works today. What an agency does no more is told of as a whole, below.
CREATE OR REPLACE FUNCTION waits_for_nobody(t team) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT NOT team_can_take_over(t.id, t.agency_id, t.function)
       AND EXISTS (SELECT FROM agency_function af JOIN agency a ON a.id = af.agency_id AND a.on_platform
                   WHERE af.agency_id = t.agency_id AND af.function = t.function AND is_live(af.valid_from, af.valid_until))
       AND EXISTS (SELECT FROM work_of(NULL, ARRAY[t.id]))
$$;

-- The next team of which that is so, false where none is: its work goes to the intake team, in the name of whoever was the
-- last. Where nobody works there either it is a task of the administrators, done as soon as the team has somebody again.
-- Whoever leaves hands over in the same act (leaving.sql); this finds places that ended by their date, two who left at the
-- same moment, and what came in for a team that was empty.
CREATE OR REPLACE FUNCTION leave_next_empty_team() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found team;
    the_last uuid;
    earlier jsonb;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker looks for empty teams' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM settle_notices(t.notice_ids, 'Somebody has it now.') FROM team t
    WHERE t.notice_ids <> '{}' AND NOT waits_for_nobody(t);
    UPDATE team t SET notice_ids = '{}' WHERE t.notice_ids <> '{}' AND NOT waits_for_nobody(t);
    SELECT t.* INTO found FROM team t
    WHERE waits_for_nobody(t) AND (t.notice_ids = '{}' OR intake_of(t.agency_id, t.function) IS NOT NULL)
    ORDER BY t.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF found.id IS NULL THEN
        RETURN false;
    END IF;
    SELECT tm.member_id INTO the_last FROM team_membership tm WHERE tm.team_id = found.id
    ORDER BY tm.until_at DESC NULLS FIRST, tm.id LIMIT 1;
    IF the_last IS NULL OR intake_of(found.agency_id, found.function, the_last) IS NULL THEN
        UPDATE team t SET notice_ids = tell_administrators('nobody_takes_over', t.agency_id, false) WHERE t.id = found.id;
        RETURN true;
    END IF;
    earlier := member_state(the_last);
    PERFORM close_charge_gate(the_last), hand_over(the_last, '[]', NULL, my_member(), found.id);
    PERFORM write_administration('team.leave', 'done', found.agency_id, the_last, NULL, earlier,
                                 member_state(the_last) || told_handover(the_last), 'Nobody works in the team any more.');
    RETURN true;
END $$;

-- ── An agency's function ─────────────────────────────────────────────────────────────────────────────────────

-- How much of an agency's own is open in a function: records that somebody there has in hand, and what it was asked.
CREATE OR REPLACE FUNCTION open_work(the_agency uuid, the_function text)
RETURNS TABLE (cases bigint, notifications bigint, requests bigint, actions bigint, tasks bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH in_hand AS (
        SELECT i.record_id, i.record_kind FROM involvement i
        WHERE i.agency_id = the_agency AND i.function = the_function AND i.record_open
          AND (i.until_at IS NULL OR i.until_at > moment())
          AND EXISTS (SELECT FROM assignment a WHERE a.involvement_id = i.id AND a.until_at IS NULL)
          AND NOT EXISTS (SELECT FROM information_request q WHERE q.involvement_id = i.id)
    )
    SELECT (SELECT count(DISTINCT h.record_id) FROM in_hand h WHERE h.record_kind = 'case'),
           (SELECT count(DISTINCT h.record_id) FROM in_hand h WHERE h.record_kind <> 'case'),
           (SELECT count(*) FROM information_request q WHERE q.addressee_agency_id = the_agency
              AND q.addressee_function = the_function AND is_unanswered(q.id)),
           (SELECT count(*) FROM meeting_action a WHERE a.owner_agency_id = the_agency AND a.owner_function = the_function
              AND NOT a.is_withdrawn AND a.state <> 'done'),
           (SELECT count(*) FROM notice n JOIN notice_step s ON s.notice_id = n.id AND s.step = 'chase'
            WHERE n.agency_id = the_agency AND n.function = the_function AND s.awaits = 'completion'
              AND NOT EXISTS (SELECT FROM task_completion d WHERE d.notice_id = n.id))
$$;

-- The same as words; null: nothing is.
CREATE OR REPLACE FUNCTION open_work_told(the_agency uuid, the_function text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT string_agg(c.what || ': ' || c.many, ', ' ORDER BY c.place)
    FROM open_work(the_agency, the_function) w CROSS JOIN LATERAL (VALUES
        (1, w.cases, 'cases'), (2, w.notifications, 'notifications'), (3, w.requests, 'requests'),
        (4, w.actions, 'actions'), (5, w.tasks, 'tasks')) c (place, many, what)
    WHERE c.many > 0
$$;

-- Against an end at once: nobody of the agency could go on with what is open, and nobody else may be let in by an act of
-- administration. With a day to come its people have until then.
CREATE OR REPLACE FUNCTION agency_function_end_problem(the_agency uuid, the_content jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN coalesce((the_content ->> 'on')::date, london_today()) <= london_today()
        THEN 'open_work: ' || open_work_told(the_agency, the_content ->> 'function') END
$$;

-- Those who manage the function are told that its day is set.
CREATE OR REPLACE FUNCTION warn_of_agency_function(the_agency uuid, the_content jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO outbox (kind, agency_id, function, session_id, created_at)
    SELECT 'agency_function_ends', the_agency, the_content ->> 'function', my_session(), moment()
    WHERE (the_content ->> 'on')::date > london_today()
$$;

-- Whatever is left open when the day has come is a task of the platform's people and of the agency's own administrators;
-- so is what came in at the very moment of an end at once.
CREATE OR REPLACE FUNCTION note_agency_lapses() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    lapsed agency_function;
    left_open text;
BEGIN
    FOR lapsed IN
        UPDATE agency_function af SET lapse_noted_at = moment() WHERE (af.agency_id, af.function, af.valid_from) IN (
            SELECT l.agency_id, l.function, l.valid_from FROM agency_function l
            WHERE l.lapse_noted_at IS NULL AND l.valid_until <= london_today() FOR UPDATE SKIP LOCKED)
        RETURNING af.*
    LOOP
        CONTINUE WHEN NOT EXISTS (SELECT FROM agency a WHERE a.id = lapsed.agency_id AND a.on_platform)
            OR EXISTS (SELECT FROM agency_function af WHERE af.agency_id = lapsed.agency_id
                       AND af.function = lapsed.function AND is_live(af.valid_from, af.valid_until));
        left_open := open_work_told(lapsed.agency_id, lapsed.function);
        CONTINUE WHEN lapsed.ended_at IS NOT NULL AND left_open IS NULL;
        PERFORM end_sessions_in(lapsed.agency_id, lapsed.function, lapsed.valid_until);
        PERFORM write_administration(
            'agency_function.end', 'done', lapsed.agency_id, NULL, NULL, NULL,
            agency_state(lapsed.agency_id) || jsonb_build_object('left_open', left_open), 'Its last day is over.');
        IF left_open IS NOT NULL THEN
            PERFORM tell_administrators('work_left_behind', lapsed.agency_id, true);
        END IF;
    END LOOP;
END $$;

-- ── Who is told ──────────────────────────────────────────────────────────────────────────────────────────────

-- A notice in each inbox in which somebody administers the agency; to the platform's people where nobody does, or always.
CREATE OR REPLACE FUNCTION tell_administrators(the_kind text, the_agency uuid, and_the_platform boolean) RETURNS uuid[]
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH own AS (
        SELECT DISTINCT m.agency_id, mf.function, NULL::uuid AS about
        FROM member m JOIN member_function mf ON mf.member_id = m.id
        WHERE m.agency_id = the_agency AND is_administrator(m.id, the_agency, mf.function)
    ), addressed AS (
        SELECT * FROM own
        UNION ALL
        SELECT af.agency_id, af.function, the_agency FROM agency_function af
        WHERE af.function = 'platform_operation' AND is_live(af.valid_from, af.valid_until)
          AND af.agency_id <> the_agency AND (and_the_platform OR NOT EXISTS (SELECT FROM own))
    ), sent AS (
        INSERT INTO outbox (kind, agency_id, function, about_agency_id, session_id, created_at)
        SELECT the_kind, d.agency_id, d.function, d.about, my_session(), moment() FROM addressed d
        RETURNING id)
    SELECT coalesce(array_agg(s.id), '{}') FROM sent s
$$;

-- What was told is done by itself: nobody is asked any more.
CREATE OR REPLACE FUNCTION settle_notices(the_ids uuid[], the_note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE outbox o SET delivered_at = moment() WHERE o.id = ANY (the_ids) AND o.delivered_at IS NULL;
    INSERT INTO task_completion (notice_id, member_id, at, note)
    SELECT n.id, my_member(), moment(), the_note FROM notice n WHERE n.id = ANY (the_ids)
    ON CONFLICT (notice_id) DO NOTHING;
    UPDATE notice_step s SET ended_at = moment(), outcome = 'answered'
    WHERE s.notice_id = ANY (the_ids) AND s.ended_at IS NULL;
END $$;

-- To whom a chase or an escalation of a notice goes. Managers of the intake team answer for their team; for administrators
-- the platform's own people do.
CREATE OR REPLACE FUNCTION where_to_follow(the_notice uuid, is_escalation boolean)
RETURNS TABLE (agency_id uuid, function text, about_agency_id uuid, team_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(above.agency_id, n.agency_id), coalesce(above.function, n.function),
           CASE WHEN above.agency_id IS NULL THEN n.about_agency_id ELSE n.agency_id END,
           CASE WHEN is_escalation AND NOT n.for_administrators THEN intake_team(n.agency_id, n.function) END
    FROM notice n LEFT JOIN LATERAL (
        SELECT af.agency_id, af.function FROM agency_function af
        WHERE is_escalation AND n.for_administrators AND af.function = 'platform_operation'
          AND is_live(af.valid_from, af.valid_until) AND af.agency_id <> n.agency_id LIMIT 1) above ON true
    WHERE n.id = the_notice AND my_function() = 'platform_worker'
$$;

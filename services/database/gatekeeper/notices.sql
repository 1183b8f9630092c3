-- Whose a notice is, who has it in hand, and whom an e-mail about it may reach. A chase or an escalation follows
-- another notice; both are answered as one.

CREATE OR REPLACE FUNCTION acts_in(the_member uuid, the_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM member_function mf
        WHERE mf.member_id = the_member AND mf.function = the_function
          AND mf.access_level IN ('practitioner', 'approver')
          AND mf.valid_from <= london_today() AND (mf.valid_until IS NULL OR mf.valid_until > london_today()))
$$;

CREATE OR REPLACE FUNCTION works_in(the_member uuid, the_team uuid, the_standing text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM team_membership tm
        WHERE tm.team_id = the_team AND tm.member_id = the_member AND tm.standing = the_standing
          AND tm.from_at <= moment() AND (tm.until_at IS NULL OR tm.until_at > moment()))
$$;

-- Somebody who manages the team and still has its function: one who left the function manages nothing.
CREATE OR REPLACE FUNCTION manages(the_member uuid, the_team uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT works_in(the_member, the_team, 'manager')
       AND acts_in(the_member, (SELECT t.function FROM team t WHERE t.id = the_team))
$$;

-- Teams of the actor's agency and function whose managers' notices are the actor's: those they manage, and those that
-- nobody manages today, so that an escalation is never addressed to an empty chair.
CREATE OR REPLACE FUNCTION teams_i_answer_for() RETURNS TABLE (team_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT t.id FROM team t JOIN live_session() me ON t.agency_id = me.agency_id AND t.function = me.function
    WHERE manages(me.member_id, t.id) OR NOT EXISTS (
        SELECT FROM team_membership tm WHERE tm.team_id = t.id AND manages(tm.member_id, t.id))
$$;

-- The notice, if it stands in the actor's inbox: the same conditions as in row security.
CREATE OR REPLACE FUNCTION my_notice(the_notice uuid) RETURNS notice
LANGUAGE sql STABLE COST 10000 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT n FROM notice n JOIN live_session() me ON n.agency_id = me.agency_id AND n.function = me.function
    WHERE n.id = the_notice AND (n.team_id IS NULL OR n.team_id IN (SELECT * FROM teams_i_answer_for()))
      AND (NOT n.for_administrators OR my_access_level() = 'administrator')
      AND (n.kind <> 'handed_over' OR n.id IN (SELECT * FROM my_handovers()))
      AND (n.kind <> 'refused_looks' OR n.id IN (SELECT * FROM my_alerts()))
      AND (n.record_id IS NULL OR known_to_me(n.record_id))
$$;

-- It does, or what follows it does: an escalation may go to another inbox, and both are answered as one.
CREATE OR REPLACE FUNCTION in_my_inbox(the_notice uuid) RETURNS boolean
LANGUAGE sql STABLE COST 10000 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (my_notice(the_notice)).id IS NOT NULL
        OR (my_notice((SELECT f.id FROM notice f WHERE f.follows = the_notice AND f.kind = 'not_answered_by_team'))).id IS NOT NULL
$$;

-- Somebody has it in hand; the first who says so is kept. Null: no such notice in the actor's inbox.
CREATE OR REPLACE FUNCTION acknowledge_notice(the_notice uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant notice := my_notice(the_notice);
    answered constant uuid := coalesce(found.follows, found.id);
BEGIN
    IF found.id IS NOT NULL THEN
        -- A change of access updates this row: it waits for this answer, or the answer begins again and finds nothing.
        PERFORM FROM record r WHERE r.id = found.record_id FOR SHARE;
        INSERT INTO notice_acknowledgement (notice_id, member_id, at) VALUES (answered, my_member(), moment())
        ON CONFLICT (notice_id) DO NOTHING;
        UPDATE notice_step SET ended_at = moment(), outcome = 'answered'
        WHERE notice_id = answered AND awaits = 'acknowledgement' AND ended_at IS NULL;
    END IF;
    RETURN found.id;
END $$;

-- A task is done, once: how, and when whoever had to know was told. False: it was done before.
CREATE OR REPLACE FUNCTION complete_task(the_notice uuid, the_channel text, the_told_at timestamptz, the_note text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    task constant uuid := acknowledge_notice(the_notice);
    done uuid;
BEGIN
    IF task IS NULL THEN
        RAISE EXCEPTION 'no such task in this inbox' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO task_completion (notice_id, member_id, at, channel, told_at, note)
    VALUES (task, my_member(), moment(), the_channel, the_told_at, the_note)
    ON CONFLICT (notice_id) DO NOTHING RETURNING notice_id INTO done;
    UPDATE notice_step SET ended_at = moment(), outcome = 'answered' WHERE notice_id = task AND ended_at IS NULL;
    RETURN done IS NOT NULL;
END $$;

-- ── E-mails ──────────────────────────────────────────────────────────────────

-- Whether an e-mail about this notice may reach this person now: the people of the intake team (of the whole function
-- where there is none), or the managers it is addressed to. Nobody who may not know of the record is told that there is
-- something.
CREATE OR REPLACE FUNCTION may_reach(the_notice uuid, the_member uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN n.for_administrators THEN is_administrator(m.id, n.agency_id, n.function)
                ELSE acts_in(m.id, n.function) END
       AND m.agency_id = n.agency_id AND NOT m.is_service AND m.email IS NOT NULL
       AND (n.record_id IS NULL OR NOT barred(n.record_id, m.id, m.agency_id)
            AND NOT only_for_others(n.record_id, m.agency_id, n.function, m.id)
            AND NOT (SELECT r.restricted FROM record r WHERE r.id = n.record_id))
       AND CASE
           WHEN n.for_administrators THEN true
           WHEN n.kind = 'handed_over' THEN EXISTS (SELECT FROM handover h WHERE h.id = n.id
                AND (h.to_member_id = m.id OR works_in(m.id, h.to_team_id, 'member')))
           WHEN n.kind = 'refused_looks' THEN NOT EXISTS (
               SELECT FROM refusal_alert a WHERE a.id = n.id AND a.member_id = m.id)
           WHEN n.team_id IS NOT NULL THEN manages(m.id, n.team_id) OR NOT EXISTS (
               SELECT FROM team_membership tm WHERE tm.team_id = n.team_id AND manages(tm.member_id, n.team_id))
           ELSE coalesce((SELECT works_in(m.id, t.id, 'member') FROM team t
                          WHERE t.agency_id = n.agency_id AND t.function = n.function AND t.is_intake), true)
           END
    FROM notice n, member m WHERE n.id = the_notice AND m.id = the_member
$$;

-- One e-mail for everybody whom the notice reaches and who did not switch this kind off; some kinds have no switch.
CREATE OR REPLACE FUNCTION write_emails(the_notice uuid, has_switch boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker writes e-mails' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO notice_email (notice_id, member_id, created_at, next_attempt_at)
    SELECT n.id, m.id, moment(), moment() FROM notice n JOIN member m ON m.agency_id = n.agency_id
    WHERE n.id = the_notice AND may_reach(n.id, m.id)
      AND NOT (has_switch AND EXISTS (SELECT FROM notice_preference p
               WHERE p.member_id = m.id AND p.kind = n.kind AND p.channel = 'email' AND NOT p.is_on))
    ON CONFLICT (notice_id, member_id) DO NOTHING;
END $$;

-- Nothing is waited for any more: a task is answered by doing it, anything else by acknowledging it.
CREATE OR REPLACE FUNCTION answered(the_notice uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM task_completion d WHERE d.notice_id = the_notice)
        OR EXISTS (SELECT FROM notice_acknowledgement k WHERE k.notice_id = the_notice)
           AND NOT EXISTS (SELECT FROM notice_step s WHERE s.notice_id = the_notice AND s.awaits = 'completion')
$$;

-- The next e-mail that waits, locked until the commit, with the address of today. No address: it is not to be sent any
-- more, because its recipient left, somebody answered the notice, or a day has passed. The inbox has it in any case.
CREATE OR REPLACE FUNCTION next_email() RETURNS TABLE (id uuid, reference text, address text, written_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    waiting notice_email;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker sends e-mails' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO waiting FROM notice_email e
    WHERE e.sent_at IS NULL AND e.given_up_at IS NULL AND e.next_attempt_at <= moment()
    ORDER BY e.next_attempt_at, e.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    RETURN QUERY
    SELECT waiting.id, n.reference, CASE WHEN may_reach(n.id, m.id) AND waiting.created_at > moment() - interval '1 day'
        AND NOT answered(coalesce(n.follows, n.id)) THEN m.email END, waiting.created_at
    FROM notice n, member m WHERE n.id = waiting.notice_id AND m.id = waiting.member_id;
END $$;

CREATE OR REPLACE FUNCTION intake_team(the_agency uuid, the_function text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT t.id FROM team t WHERE t.agency_id = the_agency AND t.function = the_function AND t.is_intake $$;

-- Ending a membership: sessions, functions and teams end at once, and what was theirs goes to a named colleague or team
-- of the same agency and function, in the same act. The administrator who does it sees counts and no record.

DROP FUNCTION IF EXISTS leaving_of(uuid);
DROP FUNCTION IF EXISTS ended_membership(uuid);
DROP FUNCTION IF EXISTS handed_over(uuid);  -- each tells requests now

CREATE OR REPLACE FUNCTION agency_of(the_member uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT m.agency_id FROM member m WHERE m.id = the_member $$;

-- ── What stands against it ───────────────────────────────────────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION leaver_problem(leaver uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN coalesce(my_access_level() <> 'administrator', true) THEN 'not_an_administrator'
        WHEN NOT EXISTS (SELECT FROM member m WHERE m.id = leaver AND m.agency_id = my_agency() AND NOT m.is_service)
            THEN 'unknown'
        WHEN leaver = my_member() THEN 'for_yourself'
        WHEN NOT EXISTS (SELECT FROM member_function mf WHERE mf.member_id = leaver
                         AND (mf.valid_until IS NULL OR mf.valid_until > london_today()))
             AND NOT EXISTS (SELECT FROM team_membership tm WHERE tm.member_id = leaver
                             AND (tm.until_at IS NULL OR tm.until_at > moment()))
             AND NOT EXISTS (SELECT FROM belongings(leaver)) THEN 'ended_already'
    END
$$;

-- Everything wrong with the successors, and the function each is about.
DROP FUNCTION IF EXISTS successor_problem(uuid, jsonb);
CREATE OR REPLACE FUNCTION successor_problems(leaver uuid, successors jsonb, of_function text)
RETURNS TABLE (problem text, function text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT 'unfit_successor', s ->> 'function' FROM jsonb_array_elements(successors) s
    WHERE coalesce((s ->> 'member')::uuid = leaver, false)
       OR of_function <> s ->> 'function'
       OR NOT coalesce(can_take_over((s ->> 'member')::uuid, agency_of(leaver), s ->> 'function'), false)
          AND NOT coalesce(team_can_take_over((s ->> 'team')::uuid, agency_of(leaver), s ->> 'function', leaver), false)
    UNION ALL
    SELECT DISTINCT CASE WHEN EXISTS (SELECT FROM jsonb_array_elements(successors) s WHERE s ->> 'function' = m.function)
                         THEN 'barred_successor' ELSE 'no_successor' END, m.function
    FROM moves(leaver, successors, of_function) m WHERE m.to_member IS NULL AND m.to_team IS NULL
$$;

-- Against leaving one team: somebody else has to have what is that team's.
CREATE OR REPLACE FUNCTION team_leave_problem(leaver uuid, the_team uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT 'last_in_team' FROM moves(leaver, '[]', NULL, the_team) m WHERE m.to_member IS NULL AND m.to_team IS NULL LIMIT 1
$$;

-- ── The act ──────────────────────────────────────────────────────────────────────────────────────────────────

DROP FUNCTION IF EXISTS end_membership(uuid, integer, jsonb, text);
CREATE OR REPLACE FUNCTION end_membership(
    leaver uuid, expected_version integer, successors jsonb, the_reason text, ends_on date DEFAULT NULL)
RETURNS TABLE (id uuid, problem text, about text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    wrong text := leaver_problem(leaver);
    earlier jsonb;
BEGIN
    IF wrong IS NULL THEN
        -- Two administrators who end each other meet here: one of them loses the race, and then has no session.
        PERFORM FROM member m WHERE m.id = my_member() FOR SHARE;
        UPDATE member m SET version = m.version + 1 WHERE m.id = leaver AND m.version = expected_version;
        IF NOT FOUND THEN
            wrong := 'version_moved';
        END IF;
    END IF;
    wrong := coalesce(wrong, planning_problem(leaver, NULL, ends_on));
    IF wrong IS NOT NULL THEN
        RETURN QUERY SELECT NULL::uuid, wrong, NULL::text;
        RETURN;
    END IF;
    PERFORM close_charge_gate(leaver);
    RETURN QUERY SELECT NULL::uuid, p.problem, p.function FROM successor_problems(leaver, successors, NULL) p;
    IF FOUND THEN
        RETURN;
    END IF;
    earlier := member_state(leaver);
    IF ends_on > london_today() THEN
        PERFORM plan_end(leaver, NULL, ends_on, successors, the_reason);
        PERFORM write_administration('membership.plan_end', 'done', my_agency(), leaver, NULL, earlier, member_state(leaver),
                                     the_reason);
    ELSE
        PERFORM leave(leaver, successors, the_reason, my_member(), earlier);
    END IF;
    RETURN QUERY SELECT leaver, NULL::text, NULL::text;
END $$;

-- The end itself, now: by an administrator, or by the worker in the name of the one who planned it.
CREATE OR REPLACE FUNCTION leave(leaver uuid, successors jsonb, the_reason text, by_whom uuid, earlier jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM hand_over(leaver, successors, NULL, by_whom);
    PERFORM end_everything(leaver);
    PERFORM warn_of_few_administrators(agency_of(leaver));
    PERFORM write_administration('membership.end', 'done', agency_of(leaver), leaver, NULL, earlier,
                                 member_state(leaver) || told_handover(leaver), the_reason);
END $$;

-- What went to whom in this transaction, for the administrative ledger.
CREATE OR REPLACE FUNCTION told_handover(leaver uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT jsonb_build_object('handed_over', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'function', h.function, 'to', coalesce(m.display_name, t.name), 'cases', h.cases,
            'notifications', h.notifications, 'tasks', h.tasks, 'requests', h.requests,
            'actions', h.actions) ORDER BY h.function), '[]')
        FROM handover h LEFT JOIN member m ON m.id = h.to_member_id LEFT JOIN team t ON t.id = h.to_team_id
        WHERE h.from_member_id = leaver AND h.at = moment()))
$$;

-- Everything moves, each successor is told once with the count, and each record says who handed it over. Why somebody
-- left stands in the administrative ledger and on no record.
DROP FUNCTION IF EXISTS hand_over(uuid, jsonb, text, uuid);
CREATE OR REPLACE FUNCTION hand_over(
    leaver uuid, successors jsonb, of_function text, by_whom uuid, of_team uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    one record;
    records uuid[];
    the_agency uuid := agency_of(leaver);
    said text := CASE WHEN of_team IS NOT NULL THEN 'Handed over: nobody works in the team any more'
                      WHEN of_function IS NULL THEN 'Handed over: a colleague left'
                      ELSE 'Handed over: a colleague works in another function now' END;
BEGIN
    FOR one IN
        SELECT gen_random_uuid() AS notice_id, m.function, m.to_member, m.to_team, array_agg(m.record_id) AS records,
               count(DISTINCT m.record_id) FILTER (WHERE m.kind = 'case') AS cases,
               count(DISTINCT m.record_id) FILTER (WHERE m.kind = 'duty_to_notify') AS notifications,
               count(*) FILTER (WHERE m.kind = 'task') AS tasks, count(*) FILTER (WHERE m.kind = 'request') AS requests,
               count(*) FILTER (WHERE m.kind = 'action') AS actions,
               array_agg(m.kind) AS kinds, array_agg(m.thing) AS things
        FROM moves(leaver, successors, of_function, of_team) m
        GROUP BY m.function, m.to_member, m.to_team ORDER BY m.function
    LOOP
        records := records || one.records;
        INSERT INTO outbox (id, kind, agency_id, function, session_id, created_at)
        VALUES (one.notice_id, 'handed_over', the_agency, one.function, my_session(), moment());
        INSERT INTO handover (id, from_member_id, agency_id, function, to_member_id, to_team_id, cases, notifications,
                              tasks, requests, actions, given_by, at)
        VALUES (one.notice_id, leaver, the_agency, one.function, one.to_member, one.to_team, one.cases,
                one.notifications, one.tasks, one.requests, one.actions, by_whom, moment());
        PERFORM move_one(t.kind, t.thing, one.to_member, one.to_team, by_whom, said)
        FROM unnest(one.kinds, one.things) t (kind, thing);
    END LOOP;
    IF of_team IS NULL THEN
        UPDATE assignment a SET until_at = moment()
        WHERE a.member_id = leaver AND a.until_at IS NULL AND (of_function IS NULL OR a.function = of_function);
        PERFORM end_named_shares(leaver, of_function);
    END IF;
    PERFORM change_of_access(r.id) FROM record r WHERE r.id = ANY (records) ORDER BY r.id;
    INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, record_id,
                               policy_version)
    SELECT moment(), my_session(), my_member(), my_agency(), my_function(), my_access_level(),
           CASE WHEN of_team IS NOT NULL THEN 'team.leave' WHEN of_function IS NULL THEN 'membership.end'
                ELSE 'function.end' END, 'handed_over', r.id, current_policy()
    FROM record r WHERE r.id = ANY (records);
END $$;

CREATE OR REPLACE FUNCTION end_everything(leaver uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE session SET ended_at = moment(), ended_because = 'membership_ended' WHERE member_id = leaver AND ended_at IS NULL;
    PERFORM end_function(leaver, f.function, NULL)
    FROM (SELECT DISTINCT mf.function FROM member_function mf WHERE mf.member_id = leaver) f;
    UPDATE team_membership SET until_at = greatest(from_at, moment())
    WHERE member_id = leaver AND (until_at IS NULL OR until_at > moment());
    -- What was proposed for them would bring them back.
    UPDATE administrative_proposal SET decided_by = my_member(), decided_at = moment(),
        outcome = CASE WHEN proposed_by = my_member() THEN 'withdrawn' ELSE 'declined' END,
        decision_reason = 'The membership ended.'
    WHERE subject_id = leaver AND outcome IS NULL;
    UPDATE planned_end SET settled_at = moment(), outcome = 'overtaken' WHERE member_id = leaver AND settled_at IS NULL;
END $$;

-- One administrator proposes and nobody approves: the platform's own people must know, and may appoint a second.
CREATE OR REPLACE FUNCTION warn_of_few_administrators(the_agency uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO outbox (kind, agency_id, function, about_agency_id, session_id, created_at)
    SELECT 'too_few_administrators', af.agency_id, af.function, the_agency, my_session(), moment()
    FROM agency_function af WHERE af.function = 'platform_operation' AND is_live(af.valid_from, af.valid_until)
      AND (SELECT count(*) FROM member m WHERE m.agency_id = the_agency AND is_administrator(m.id, the_agency, NULL)) < 2
$$;

-- ── What is told ─────────────────────────────────────────────────────────────────────────────────────────────

-- What went to whom when this membership ended; for the gatekeeper's own use.
DROP FUNCTION IF EXISTS ended_membership(uuid);
DROP FUNCTION IF EXISTS handed_over(uuid);
CREATE FUNCTION handed_over(leaver uuid)
RETURNS TABLE (function text, successor text, cases integer, notifications integer, tasks integer, requests integer,
               actions integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT h.function, coalesce(m.display_name, t.name), h.cases, h.notifications, h.tasks, h.requests, h.actions
    FROM handover h
    LEFT JOIN member m ON m.id = h.to_member_id LEFT JOIN team t ON t.id = h.to_team_id
    WHERE h.from_member_id = leaver AND h.at = (SELECT max(l.at) FROM handover l WHERE l.from_member_id = leaver)
    ORDER BY h.function, 2
$$;

-- How many things of each function somebody has, and who could take them over: counts and names of colleagues only.
DROP FUNCTION IF EXISTS leaving_of(uuid);
CREATE FUNCTION leaving_of(leaver uuid)
RETURNS TABLE (name text, version integer, function text, cases bigint, notifications bigint, tasks bigint,
               requests bigint, actions bigint, people jsonb, teams jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    wrong text := leaver_problem(leaver);
BEGIN
    IF wrong IS NOT NULL THEN
        PERFORM refuse_administration('leaving.read', leaver, wrong);
        RETURN;
    END IF;
    PERFORM write_administration('leaving.read', 'read', my_agency(), leaver, NULL, NULL, NULL, NULL);
    RETURN QUERY
    WITH theirs AS MATERIALIZED (SELECT * FROM belongings(leaver))
    SELECT m.display_name, m.version, f.function,
           (SELECT count(DISTINCT b.record_id) FROM theirs b WHERE b.function = f.function AND b.kind = 'case'),
           (SELECT count(DISTINCT b.record_id) FROM theirs b WHERE b.function = f.function AND b.kind = 'duty_to_notify'),
           (SELECT count(*) FROM theirs b WHERE b.function = f.function AND b.kind = 'task'),
           (SELECT count(*) FROM theirs b WHERE b.function = f.function AND b.kind = 'request'),
           (SELECT count(*) FROM theirs b WHERE b.function = f.function AND b.kind = 'action'),
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.display_name) ORDER BY c.display_name, c.id), '[]')
            FROM member c WHERE c.agency_id = m.agency_id AND c.id <> leaver AND can_take_over(c.id, m.agency_id, f.function)),
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'is_intake', t.is_intake) ORDER BY t.name), '[]')
            FROM team t WHERE t.agency_id = m.agency_id AND t.function = f.function
              AND team_can_take_over(t.id, m.agency_id, f.function, leaver))
    FROM member m LEFT JOIN (
        SELECT mf.function FROM member_function mf
        WHERE mf.member_id = leaver AND (mf.valid_until IS NULL OR mf.valid_until > london_today())
        UNION SELECT b.function FROM theirs b
    ) f ON true
    WHERE m.id = leaver ORDER BY f.function;
END $$;

-- What an ended membership left, for an administrator of the same agency.
CREATE FUNCTION ended_membership(leaver uuid)
RETURNS TABLE (name text, function text, successor text, cases integer, notifications integer, tasks integer,
               requests integer, actions integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT m.display_name, h.function, h.successor, h.cases, h.notifications, h.tasks, h.requests, h.actions
    FROM member m LEFT JOIN LATERAL handed_over(m.id) h ON true
    WHERE m.id = leaver AND m.agency_id = my_agency() AND my_access_level() = 'administrator'
$$;

-- The handovers that the actor is told of: their own, their teams', and those of the people they manage.
CREATE OR REPLACE FUNCTION my_handovers() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT h.id FROM handover h JOIN live_session() me ON h.agency_id = me.agency_id AND h.function = me.function
    WHERE h.to_member_id = me.member_id
       OR EXISTS (SELECT FROM my_charge() c WHERE c.team_id = h.to_team_id OR c.member_id = h.to_member_id)
$$;

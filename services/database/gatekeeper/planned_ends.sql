-- One function that ends, and every end on a day to come. Access ends by the dates of the rows themselves, so that nobody
-- waits for the worker; the worker then hands over what is theirs. Whoever plans, one administrator, takes access away;
-- to cancel gives it back and takes two.

-- A single function whose end has come may be given again, to the same person as to any other.
CREATE OR REPLACE FUNCTION ends_soon(the_member uuid, of_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM planned_end p WHERE p.member_id = the_member AND p.settled_at IS NULL
                   AND (p.function IS NULL OR p.function = of_function AND p.ends_on > london_today()))
$$;

-- What stands against ending on this day. Nothing of theirs may begin after it, since it would begin with nobody behind it.
CREATE OR REPLACE FUNCTION planning_problem(leaver uuid, of_function text, ends_on date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN ends_on < london_today() THEN 'begins_in_the_past'
        WHEN ends_on > london_today() AND EXISTS (
            SELECT FROM member_function mf WHERE mf.member_id = leaver AND mf.valid_from >= planning_problem.ends_on
              AND (of_function IS NULL OR mf.function = of_function)
              AND (mf.valid_until IS NULL OR mf.valid_until > mf.valid_from)) THEN 'begins_after_the_end'
        WHEN ends_on > london_today() AND NOT EXISTS (
            SELECT FROM member_function mf WHERE mf.member_id = leaver AND is_live(mf.valid_from, mf.valid_until)
              AND (of_function IS NULL OR mf.function = of_function)) THEN 'not_held'
        WHEN EXISTS (
            SELECT FROM planned_end p WHERE p.member_id = leaver AND p.function IS NOT DISTINCT FROM of_function
              AND p.settled_at IS NULL AND p.ends_on < planning_problem.ends_on) THEN 'postponed'
        WHEN ends_on > london_today() AND of_function IS NOT NULL AND ends_soon(leaver, '') THEN 'ends_soon'
    END
$$;

CREATE OR REPLACE FUNCTION plan_end(leaver uuid, of_function text, the_day date, successors jsonb, the_reason text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    before jsonb;
BEGIN
    UPDATE planned_end p SET settled_at = moment(), outcome = 'changed'
    WHERE p.member_id = leaver AND p.function IS NOT DISTINCT FROM of_function AND p.settled_at IS NULL
    RETURNING p.former INTO before;
    INSERT INTO planned_end (member_id, agency_id, function, ends_on, successors, former, reason, planned_by, planned_at)
    VALUES (leaver, agency_of(leaver), of_function, the_day, successors, coalesce(before, jsonb_build_object(
        'functions', (SELECT coalesce(jsonb_object_agg(mf.function, mf.valid_until), '{}') FROM member_function mf
            WHERE mf.member_id = leaver AND (of_function IS NULL OR mf.function = of_function)
              AND (mf.valid_until IS NULL OR mf.valid_until > the_day)),
        'teams', (SELECT coalesce(jsonb_object_agg(tm.id, tm.until_at), '{}') FROM team_membership tm
            WHERE tm.member_id = leaver AND of_function IS NULL
              AND (tm.until_at IS NULL OR tm.until_at > london_midnight(the_day))))), the_reason, my_member(), moment());
    UPDATE member_function mf SET valid_until = the_day
    WHERE mf.member_id = leaver AND (of_function IS NULL OR mf.function = of_function)
      AND (mf.valid_until IS NULL OR mf.valid_until > the_day);
    UPDATE team_membership tm SET until_at = greatest(tm.from_at, london_midnight(the_day))
    WHERE tm.member_id = leaver AND of_function IS NULL AND (tm.until_at IS NULL OR tm.until_at > london_midnight(the_day));
END $$;

-- Approved by a second administrator before the day: everything lasts again as long as it would have.
CREATE OR REPLACE FUNCTION cancel_end(the_member uuid, of_function text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    plan planned_end;
BEGIN
    UPDATE planned_end p SET settled_at = moment(), outcome = 'cancelled'
    WHERE p.member_id = the_member AND p.function IS NOT DISTINCT FROM of_function AND p.settled_at IS NULL
    RETURNING p.* INTO plan;
    UPDATE member_function mf SET valid_until = least((f.value #>> '{}')::date, (
        SELECT p.ends_on FROM planned_end p WHERE p.member_id = the_member AND p.function IS NULL AND p.settled_at IS NULL))
    FROM jsonb_each(plan.former -> 'functions') f
    WHERE mf.member_id = the_member AND mf.function = f.key AND mf.valid_until = plan.ends_on;
    UPDATE team_membership tm SET until_at = (t.value #>> '{}')::timestamptz
    FROM jsonb_each(plan.former -> 'teams') t
    WHERE tm.id = t.key::uuid AND tm.until_at = greatest(tm.from_at, london_midnight(plan.ends_on));
END $$;

-- ── One function of somebody, which one administrator ends ───────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION named_successors(the_content jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN jsonb_typeof(the_content -> 'successor') = 'object'
        THEN jsonb_build_array(the_content -> 'successor' || jsonb_build_object('function', the_content -> 'function'))
        ELSE '[]' END
$$;

CREATE OR REPLACE FUNCTION function_end_problem(the_content jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(
        planning_problem((the_content ->> 'member')::uuid, the_content ->> 'function', (the_content ->> 'on')::date),
        (SELECT p.problem FROM successor_problems((the_content ->> 'member')::uuid, named_successors(the_content),
                                                  the_content ->> 'function') p LIMIT 1))
$$;

CREATE OR REPLACE FUNCTION end_one_function(leaver uuid, the_content jsonb, the_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    of_function text := the_content ->> 'function';
BEGIN
    UPDATE member m SET version = m.version + 1 WHERE m.id = leaver;
    PERFORM close_charge_gate(leaver);
    IF (the_content ->> 'on')::date > london_today() THEN
        PERFORM plan_end(leaver, of_function, (the_content ->> 'on')::date, named_successors(the_content), the_reason);
        RETURN;
    END IF;
    PERFORM hand_over(leaver, named_successors(the_content), of_function, my_member());
    PERFORM end_function(leaver, of_function, NULL);
    UPDATE planned_end SET settled_at = moment(), outcome = 'overtaken'
    WHERE member_id = leaver AND function = of_function AND settled_at IS NULL;
END $$;

-- ── Carried out by the worker ────────────────────────────────────────────────────────────────────────────────

-- Of the named successors those who can still take over; what the others would have got goes to the intake team.
CREATE OR REPLACE FUNCTION fit_successors(plan planned_end) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(s), '[]') FROM jsonb_array_elements(plan.successors) s
    WHERE coalesce(can_take_over((s ->> 'member')::uuid, plan.agency_id, s ->> 'function'), false)
       OR coalesce(team_can_take_over((s ->> 'team')::uuid, plan.agency_id, s ->> 'function', plan.member_id), false)
$$;

-- The next one that is due; false: none is. What nobody can take over stays as it is, without access, its administrators
-- get a task and read for which functions somebody is missing, and the worker tries again.
CREATE OR REPLACE FUNCTION carry_out_next_end() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    plan planned_end;
    missing text[];
    earlier jsonb;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker carries out';
    END IF;
    PERFORM note_lapses(), note_agency_lapses();
    SELECT p.* INTO plan FROM planned_end p WHERE p.settled_at IS NULL AND p.ends_on <= london_today()
      AND p.nobody_for IS DISTINCT FROM who_is_missing(p) ORDER BY p.ends_on, p.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF plan.id IS NULL THEN
        RETURN false;
    END IF;
    IF can_take_over(plan.member_id, plan.agency_id, plan.function) THEN  -- it was given again meanwhile
        UPDATE planned_end p SET settled_at = moment(), outcome = 'overtaken', nobody_for = '{}' WHERE p.id = plan.id;
        PERFORM settle_notices(plan.notice_ids, 'They have the function again.');
        RETURN true;
    END IF;
    missing := who_is_missing(plan);
    IF missing <> ARRAY['-'] THEN
        UPDATE planned_end p SET nobody_for = missing, notice_ids = CASE p.notice_ids
            WHEN '{}' THEN tell_administrators('nobody_takes_over', p.agency_id, false) ELSE p.notice_ids END
        WHERE p.id = plan.id;
        RETURN true;
    END IF;
    PERFORM settle_notices(plan.notice_ids, 'Somebody took over.');
    UPDATE member m SET version = m.version + 1 WHERE m.id = plan.member_id;
    PERFORM close_charge_gate(plan.member_id);
    UPDATE planned_end p SET settled_at = moment(), outcome = 'carried_out', nobody_for = '{}' WHERE p.id = plan.id;
    earlier := member_state(plan.member_id);
    IF plan.function IS NULL THEN
        PERFORM leave(plan.member_id, fit_successors(plan), plan.reason, plan.planned_by, earlier);
    ELSE
        PERFORM hand_over(plan.member_id, fit_successors(plan), plan.function, plan.planned_by);
        UPDATE session SET ended_at = moment(), ended_because = 'function_ended'
        WHERE member_id = plan.member_id AND function = plan.function AND ended_at IS NULL;
        PERFORM write_administration('function.end', 'done', plan.agency_id, plan.member_id, NULL, earlier,
                                     member_state(plan.member_id) || told_handover(plan.member_id), plan.reason);
    END IF;
    RETURN true;
END $$;

-- The functions for which nobody could take over today; a dash where everything has somebody, or they have it again.
CREATE OR REPLACE FUNCTION who_is_missing(plan planned_end) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN can_take_over(plan.member_id, plan.agency_id, plan.function) THEN ARRAY['-'] ELSE (
        SELECT coalesce(array_agg(DISTINCT m.function ORDER BY m.function), ARRAY['-'])
        FROM moves(plan.member_id, fit_successors(plan), plan.function) m WHERE m.to_member IS NULL AND m.to_team IS NULL) END
$$;

-- ── What is told ─────────────────────────────────────────────────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION planned_ends()
RETURNS TABLE (member_id uuid, name text, function text, last_day date, reason text, planned_by text,
               planned_at timestamptz, nobody_for text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p.member_id, m.display_name, p.function, p.ends_on - 1, p.reason, b.display_name, p.planned_at, p.nobody_for
    FROM planned_end p JOIN member m ON m.id = p.member_id JOIN member b ON b.id = p.planned_by
    WHERE my_access_level() = 'administrator' AND p.agency_id = my_agency() AND p.settled_at IS NULL
    ORDER BY p.ends_on, m.display_name, p.function
$$;

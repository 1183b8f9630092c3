-- Worklists that were narrowed or ordered by their reader, and what a case waits for in one agency's own eyes. A list is
-- narrowed and ordered by what its reader may read of each record and by nothing else; a narrowing by anything that they
-- may not read selects nothing, whatever stands there.

-- The earliest date that the actor may read of a record by one of their own relations, and whether they may read dates.
CREATE OR REPLACE FUNCTION seen_due(
    the_record uuid, people uuid[], teams uuid[], known text[], dated text[], me session)
RETURNS TABLE (sees boolean, due date)
LANGUAGE sql STABLE COST 1000 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT count(*) > 0, min(j.next_due) FROM involvement j
    WHERE j.record_id = the_record AND j.agency_id = me.agency_id AND j.function = me.function
      AND has_dates(j, dated) AND given_to(j.id, people, teams) AND is_listed(j, people, teams, known, me)
$$;

-- Until when a record sleeps in the eyes of an agency's function; null: it is awake, or nobody noted anything.
CREATE OR REPLACE FUNCTION sleeps_until(the_record uuid, the_agency uuid, the_function text) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN n.wakes_on > london_today() THEN n.wakes_on END FROM waiting_note n
    WHERE n.record_id = the_record AND n.agency_id = the_agency AND n.function = the_function
    ORDER BY n.version DESC LIMIT 1
$$;

-- Whether a record is one that was asked for. What is said of dates needs dates that the actor may read.
CREATE OR REPLACE FUNCTION is_wanted(the_record uuid, wanted jsonb, sees boolean, due date, me session) RETURNS boolean
LANGUAGE sql STABLE COST 2000 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (sees OR NOT wanted ?| ARRAY['due_by', 'overdue', 'asleep', 'waits_for_us'])
       AND (NOT wanted ? 'due_by' OR coalesce(due <= (wanted ->> 'due_by')::date, false))
       AND (NOT wanted ? 'overdue' OR coalesce(due < london_today(), false) = (wanted ->> 'overdue')::boolean)
       AND (NOT wanted ? 'asleep'
            OR (sleeps_until(the_record, me.agency_id, me.function) IS NOT NULL) = (wanted ->> 'asleep')::boolean)
       AND (NOT wanted ? 'waits_for_us' OR (wanted ->> 'waits_for_us')::boolean = EXISTS (
            SELECT FROM clock k WHERE k.record_id = the_record AND k.ended_at IS NULL AND k.awaits_agency_id = me.agency_id))
       AND (NOT wanted ? 'stages' OR coalesce(wanted -> 'stages' ? (
            SELECT f.value FROM case_fact f WHERE f.record_id = the_record AND f.kind = 'stage'
            ORDER BY f.effective_from DESC, f.sequence DESC LIMIT 1), false))
       AND (NOT wanted ? 'held_by' OR EXISTS (
            SELECT FROM assignment x WHERE x.record_id = the_record AND x.agency_id = me.agency_id
              AND x.function = me.function AND x.until_at IS NULL
              AND (wanted ->> 'held_by')::uuid IN (x.member_id, x.team_id)))
$$;

-- A page of open records in the actor's own charge, or that their agency knows under this function: the next due first,
-- or the newest first. It looks through all of them, where my_records() and agency_records() stop at a page.
CREATE OR REPLACE FUNCTION chosen_records(
    the_kind text, in_charge boolean, newest_first boolean, wanted jsonb, after_due date, after_at timestamptz,
    after_id uuid, how_many integer)
RETURNS TABLE (record_id uuid, next_due date, from_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    me constant session := live_session();
    teams constant uuid[] := ARRAY(SELECT c.team_id FROM my_charge() c WHERE c.team_id IS NOT NULL);
    people constant uuid[] := ARRAY(SELECT c.member_id FROM my_charge() c WHERE c.member_id IS NOT NULL) || me.member_id;
    known constant text[] := opening_relations('core');
    dated constant text[] := opening_relations('clocks');
BEGIN
    PERFORM note_list();
    RETURN QUERY
    WITH mine AS MATERIALIZED (  -- two relations to a record are one line, where the newest stands
        SELECT DISTINCT ON (i.record_id) i.record_id, i.from_at FROM involvement i
        WHERE i.agency_id = me.agency_id AND i.function = me.function AND i.record_kind = the_kind AND i.record_open
          AND (NOT in_charge OR given_to(i.id, people, teams)) AND is_listed(i, people, teams, known, me)
        ORDER BY i.record_id, i.from_at DESC, i.id DESC
    ), found AS (
        SELECT m.record_id, CASE WHEN NOT newest_first THEN s.due END AS due, m.from_at
        FROM mine m CROSS JOIN LATERAL seen_due(m.record_id, people, teams, known, dated, me) s
        WHERE is_wanted(m.record_id, wanted, s.sees, CASE WHEN s.sees THEN s.due END, me)
    )
    SELECT f.record_id, f.due, f.from_at FROM found f
    WHERE CASE WHEN newest_first THEN (f.from_at, f.record_id) < (after_at, after_id)
               ELSE (coalesce(f.due, DATE '9999-12-31'), f.from_at, f.record_id) > (after_due, after_at, after_id) END
    ORDER BY CASE WHEN NOT newest_first THEN coalesce(f.due, DATE '9999-12-31') END,
             CASE WHEN NOT newest_first THEN f.from_at END, CASE WHEN NOT newest_first THEN f.record_id END,
             f.from_at DESC, f.record_id DESC
    LIMIT how_many;
END $$;

-- The actor's function notes what a record waits for, and until when it sleeps; nobody else ever reads it.
CREATE OR REPLACE FUNCTION note_waiting(the_record uuid, what text, of_whom text, wakes date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT doing(the_record, 'case.wait') OR (the_record, 'clocks') NOT IN (SELECT * FROM admitted()) THEN
        RAISE EXCEPTION 'not allowed to note what this waits for' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO waiting_note (record_id, agency_id, function, version, waits_for, whom, wakes_on, noted_by, noted_at)
    SELECT the_record, my_agency(), my_function(), count(*) + 1, what, of_whom, wakes, my_member(), moment()
    FROM waiting_note n WHERE n.record_id = the_record AND n.agency_id = my_agency() AND n.function = my_function();
END $$;

-- Where the actor stands to a record, and what the policy lets them do there. The same cells as in Python,
-- evaluated a second time and independently: some allow, and no deny.

-- The case classes of a record on a London date, reduced from its dated facts; never stored. Of what was recorded
-- after `known_at` it knows nothing, so that a past day can be explained by what stood there then.
DROP FUNCTION IF EXISTS case_classes(uuid, date);
CREATE OR REPLACE FUNCTION case_classes(the_record uuid, the_day date, known_at timestamptz DEFAULT 'infinity')
RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH latest AS (
        SELECT DISTINCT ON (f.kind) f.kind, f.value FROM case_fact f
        WHERE f.record_id = the_record AND f.effective_from <= the_day AND f.recorded_at <= known_at
        ORDER BY f.kind, f.effective_from DESC, f.sequence DESC
    ), fact AS (
        SELECT coalesce(max(value) FILTER (WHERE kind = 'age'), 'not_sure') AS age,
               max(value) FILTER (WHERE kind = 'cooperation') AS cooperation,
               max(value) FILTER (WHERE kind = 'support_wanted') AS support,
               max(value) FILTER (WHERE kind = 'stage') AS stage
        FROM latest
    )
    SELECT array_remove(ARRAY[
        'always',
        CASE WHEN EXISTS (SELECT FROM record r WHERE r.id = the_record AND r.kind = 'case') THEN 'case' END,
        CASE WHEN age = 'adult' THEN 'adult' ELSE 'child' END,
        CASE WHEN cooperation = 'yes' THEN 'cooperating' END,
        CASE WHEN support = 'yes' AND age = 'adult' THEN 'supported' END,
        CASE WHEN EXISTS (SELECT FROM referral r WHERE r.record_id = the_record AND r.kind = 'nrm'
                          AND r.recorded_at <= known_at) THEN 'referred' END,
        CASE WHEN EXISTS (SELECT FROM decision d WHERE d.record_id = the_record
                          AND d.kind = 'conclusive_grounds' AND d.issued_on <= the_day
                          AND d.recorded_at <= known_at) THEN 'decided' END
    ], NULL) FROM fact
$$;

-- Whose assignments are the actor's as well: the teams they work in or manage, and the people of those they manage.
CREATE OR REPLACE FUNCTION my_charge() RETURNS TABLE (team_id uuid, member_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH me AS MATERIALIZED (SELECT * FROM live_session()),
    mine AS MATERIALIZED (
        SELECT tm.team_id, tm.standing FROM me
        JOIN team_membership tm ON tm.member_id = me.member_id
             AND tm.from_at <= moment() AND (tm.until_at IS NULL OR tm.until_at > moment())
        JOIN team t ON t.id = tm.team_id AND t.agency_id = me.agency_id AND t.function = me.function
    )
    SELECT team_id, NULL::uuid FROM mine
    UNION
    SELECT NULL, theirs.member_id FROM mine JOIN team_membership theirs ON theirs.team_id = mine.team_id
         AND theirs.from_at <= moment() AND (theirs.until_at IS NULL OR theirs.until_at > moment())
    WHERE mine.standing = 'manager'
$$;

CREATE OR REPLACE FUNCTION barred(the_record uuid, the_member uuid, the_agency uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM access_bar b
        WHERE b.record_id = the_record AND (b.member_id = the_member OR b.agency_id = the_agency)
          AND b.from_at <= moment() AND (b.until_at IS NULL OR b.until_at > moment()))
$$;

-- Whether all that an agency's function has to do with a record was given to somebody else by name.
CREATE OR REPLACE FUNCTION only_for_others(the_record uuid, the_agency uuid, the_function text, the_member uuid)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(bool_and(i.named_member_id IS NOT NULL AND i.named_member_id <> the_member), false)
    FROM involvement i
    WHERE i.record_id = the_record AND i.agency_id = the_agency AND i.function = the_function
      AND i.from_at <= moment() AND (i.until_at IS NULL OR i.until_at > moment())
$$;

-- The actor's own relations to the records wanted, with what is true of each record today. It starts from the actor's
-- involvements and never searches. A bar beats everything; a restricted record is known to its named readers only.
-- What is given by scope reaches nothing but the core until its scope says more.
CREATE OR REPLACE FUNCTION standing(wanted uuid[]) RETURNS SETOF record_standing
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH me AS MATERIALIZED (SELECT s.*, moment() AS now, london_today() AS today FROM live_session() s),
    charge AS MATERIALIZED (SELECT * FROM my_charge())
    SELECT i.record_id, i.id, CASE WHEN a.assigned THEN i.relation ELSE 'colleague' END,
           i.purpose, sc.scoped, sc.scope, sc.pins, case_classes(i.record_id, me.today), sc.items
    FROM me
    JOIN involvement i ON i.agency_id = me.agency_id AND i.function = me.function AND i.record_id = ANY (wanted)
         AND i.from_at <= me.now AND (i.until_at IS NULL OR i.until_at > me.now)
         AND (i.named_member_id IS NULL OR i.named_member_id = me.member_id)
    JOIN record r ON r.id = i.record_id
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(x.member_id = me.member_id), false) AS named,
               coalesce(bool_or(x.member_id = me.member_id
                   OR EXISTS (SELECT FROM charge c WHERE c.team_id = x.team_id OR c.member_id = x.member_id)),
                   false) AS assigned
        FROM assignment x WHERE x.involvement_id = i.id AND (x.until_at IS NULL OR x.until_at > me.now)
    ) a
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 OR i.relation IN ('recipient', 'attendee', 'released_to') AS scoped,
               coalesce(array_agg(s.data_group) FILTER (WHERE s.pinned_version IS NULL AND s.item_id IS NULL), '{}')
                   AS scope,
               coalesce(array_agg(s.data_group || ':' || s.pinned_version)
                        FILTER (WHERE s.pinned_version IS NOT NULL), '{}') AS pins,
               coalesce(array_agg(s.data_group || ':' || s.item_id) FILTER (WHERE s.item_id IS NOT NULL), '{}')
                   || ARRAY(SELECT 'strategy_minutes:' || p.part_id FROM meeting_part_reader p  -- closed parts for them
                            WHERE p.record_id = i.record_id AND p.agency_id = i.agency_id AND p.function = i.function
                              AND (i.relation = 'safeguarding_lead' OR EXISTS (SELECT FROM involvement_scope x
                                   WHERE x.involvement_id = i.id AND x.item_id = p.meeting_id))) AS items
        FROM involvement_scope s WHERE s.involvement_id = i.id
    ) sc
    WHERE NOT EXISTS (
            SELECT FROM access_bar b
            WHERE b.record_id = i.record_id AND (b.member_id = me.member_id OR b.agency_id = me.agency_id)
              AND b.from_at <= me.now AND (b.until_at IS NULL OR b.until_at > me.now))
      AND (NOT r.restricted OR a.named)
$$;

-- Every cell of today's policy that speaks about these standings of the actor. Each standing says yes or no for itself:
-- some allow and no deny among its own rows. Scope narrows what is seen. `live` is the whole group; a pin allows one
-- version only, and live beats a pin; items are single entries, and stand beside either.
DROP FUNCTION IF EXISTS cells(record_standing[]);
CREATE FUNCTION cells(standings record_standing[]) RETURNS TABLE (
    record_id uuid, data_group text, action text, rule text, allowed boolean, live boolean, pin integer, items text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    me constant session := live_session();
    level constant text := level_of(me);
    policy constant text := current_policy();
BEGIN
    RETURN QUERY
    WITH matched AS (
        SELECT f.record_id, f.involvement_id, g.data_group, g.action, g.rule, g.effect,
               NOT f.scoped OR g.data_group = 'core' OR g.action NOT IN ('see', 'summary')
                   OR g.data_group = ANY (f.scope) AS live,
               CASE WHEN g.action = 'see' AND f.pins <> '{}' THEN
                   (SELECT max(split_part(p, ':', 2)::integer) FROM unnest(f.pins) p
                    WHERE split_part(p, ':', 1) = g.data_group) END AS pin,
               CASE WHEN g.action = 'see' AND f.items <> '{}' THEN
                   ARRAY(SELECT i FROM unnest(f.items) i WHERE split_part(i, ':', 1) = g.data_group)
               ELSE '{}' END AS items
        FROM unnest(standings) f
        JOIN policy_grant g ON g.policy_version = policy AND g.function = me.function
             AND g.relation = f.relation AND g.access_level = level AND g.case_class = ANY (f.classes)
    ), said AS (
        SELECT m.record_id, m.data_group, m.action, min(m.rule) AS rule, bool_or(m.live) AS live, max(m.pin) AS pin,
               max(m.items) AS items  -- the same for every rule of a standing, a group and an action
        FROM matched m GROUP BY m.record_id, m.involvement_id, m.data_group, m.action
        HAVING bool_and(m.effect = 'allow')
    ), weighed AS (  -- every aggregate is deaf to repetition, so a line per item changes none of the others
        SELECT s.record_id, s.data_group, s.action, bool_or(s.live) AS live, max(s.pin) AS pin,
               min(s.rule) FILTER (WHERE s.live OR s.pin IS NOT NULL OR s.items <> '{}') AS rule,
               array_agg(DISTINCT i ORDER BY i) FILTER (WHERE i IS NOT NULL) AS items
        FROM said s LEFT JOIN LATERAL unnest(s.items) i ON true GROUP BY s.record_id, s.data_group, s.action
    )
    SELECT w.record_id, w.data_group, w.action, w.rule, w.rule IS NOT NULL, w.live,
           CASE WHEN NOT w.live THEN w.pin END, coalesce(w.items, '{}')
    FROM weighed w;
END $$;

-- May the actor do an act that needs no record yet (open a concern, send a referral, import a message)?
CREATE OR REPLACE FUNCTION may_begin(the_act text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(bool_or(g.effect = 'allow') AND NOT bool_or(g.effect = 'deny'), false)
    FROM live_session() me JOIN policy_grant g ON g.policy_version = current_policy() AND g.function = me.function
         AND g.access_level = level_of(me) AND g.relation = 'unrelated' AND g.action = the_act
         AND g.case_class = 'always'
$$;

-- The rules by which it may; the line of the act names them.
CREATE OR REPLACE FUNCTION beginning_rules(the_act text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(array_agg(rule ORDER BY rule), '{}') FROM policy_grant
    WHERE policy_version = current_policy() AND function = my_function() AND relation = 'unrelated'
      AND access_level = my_access_level() AND action = the_act AND case_class = 'always' AND effect = 'allow'
$$;

CREATE OR REPLACE FUNCTION may(the_record uuid, the_group text, the_action text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(bool_or(allowed), false)
    FROM cells(ARRAY(SELECT s FROM standing(ARRAY[the_record]) s))
    WHERE data_group = the_group AND action = the_action
$$;

-- Whether there is anything of a record for the actor: some standing of theirs opens its core. An administrator stands
-- somewhere, blind; so does a function to whose relation no rule gives the core.
CREATE OR REPLACE FUNCTION known_to_me(the_record uuid) RETURNS boolean
LANGUAGE sql STABLE COST 10000 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM standing(ARRAY[the_record]) s CROSS JOIN LATERAL (
            SELECT bool_and(g.effect = 'allow') AS opens FROM policy_grant g
            WHERE g.policy_version = current_policy() AND g.function = (SELECT my_function()) AND g.relation = s.relation
              AND g.access_level = (SELECT my_access_level()) AND g.data_group = 'core' AND g.action = 'see'
              AND g.case_class = ANY (s.classes)) core
        WHERE core.opens)
$$;

-- ── Worklists: pages of ids from the actor's own involvements, filtered before they are counted ──────────────

-- Looking through a list is a line, whatever it shows; what it shows has lines of its own.
CREATE OR REPLACE FUNCTION note_list() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, policy_version)
    SELECT moment(), me.id, me.member_id, me.agency_id, me.function, my_access_level(), 'list',
           'viewed', current_policy()
    FROM live_session() me WHERE me.id IS NOT NULL
$$;

-- The actor's relations that open a group, whatever else is true of a record: lists are made of these alone. Of others
-- nothing is listed, and their date orders nothing.
CREATE OR REPLACE FUNCTION opening_relations(the_group text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(array_agg(relation), '{}') FROM (
        SELECT g.relation FROM policy_grant g
        WHERE g.policy_version = current_policy() AND g.function = my_function() AND g.access_level = my_access_level()
          AND g.data_group = the_group AND g.action = 'see'
        GROUP BY g.relation HAVING bool_and(g.effect = 'allow') AND bool_or(g.case_class = 'always')) seen
$$;

-- Whether the actor reads the dates of a record by this involvement, when it is theirs.
CREATE OR REPLACE FUNCTION has_dates(i involvement, dated text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT i.relation = ANY (dated) AND (
        SELECT coalesce(bool_or(s.data_group = 'clocks' AND s.pinned_version IS NULL), true)
        FROM involvement_scope s WHERE s.involvement_id = i.id)
$$;

-- Open records in the actor's own charge, the next due first; of those without a date the longest waiting first. Where
-- the actor does not see the date there is none. Both halves walk an index and stop when they have a page.
CREATE OR REPLACE FUNCTION my_records(
    the_kind text, after_due date, after_at timestamptz, after_id uuid, how_many integer)
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
    (SELECT i.record_id, i.next_due, i.from_at FROM involvement i
     WHERE i.agency_id = me.agency_id AND i.function = me.function
       AND i.record_kind = the_kind AND i.record_open AND has_dates(i, dated)
       AND (coalesce(i.next_due, DATE '9999-12-31'), i.from_at, i.record_id) > (after_due, after_at, after_id)
       AND is_my_line(i, people, teams, known, dated, me)
     ORDER BY coalesce(i.next_due, DATE '9999-12-31'), i.from_at, i.record_id LIMIT how_many)
    UNION ALL
    (SELECT i.record_id, NULL::date, i.from_at FROM involvement i
     WHERE i.agency_id = me.agency_id AND i.function = me.function
       AND i.record_kind = the_kind AND i.record_open AND NOT has_dates(i, dated)
       AND (DATE '9999-12-31', i.from_at, i.record_id) > (after_due, after_at, after_id)
       AND is_my_line(i, people, teams, known, dated, me)
     ORDER BY i.from_at, i.record_id LIMIT how_many)
    ORDER BY 2 NULLS LAST, 3, 1
    LIMIT how_many;
END $$;

-- Open records that the actor's agency is involved in under this function, the newest involvement first.
CREATE OR REPLACE FUNCTION agency_records(the_kind text, before_at timestamptz, before_id uuid, how_many integer)
RETURNS TABLE (record_id uuid, from_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    me constant session := live_session();
    teams constant uuid[] := ARRAY(SELECT c.team_id FROM my_charge() c WHERE c.team_id IS NOT NULL);
    people constant uuid[] := ARRAY(SELECT c.member_id FROM my_charge() c WHERE c.member_id IS NOT NULL) || me.member_id;
    known constant text[] := opening_relations('core');
BEGIN
    PERFORM note_list();
    RETURN QUERY
    SELECT i.record_id, i.from_at FROM involvement i
    WHERE i.agency_id = me.agency_id AND i.function = me.function
      AND i.record_kind = the_kind AND i.record_open AND (i.from_at, i.record_id) < (before_at, before_id)
      AND is_listed(i, people, teams, known, me)
      AND NOT EXISTS (  -- two relations to a record are one line, where the newer stands
            SELECT FROM involvement j
            WHERE j.record_id = i.record_id AND j.agency_id = me.agency_id AND j.function = me.function
              AND j.record_open AND (j.from_at, j.id) > (i.from_at, i.id) AND is_listed(j, people, teams, known, me))
    ORDER BY i.from_at DESC, i.record_id DESC
    LIMIT how_many;
END $$;

-- Whether an involvement is assigned to one of these people or teams now.
CREATE OR REPLACE FUNCTION given_to(the_involvement uuid, people uuid[], teams uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM assignment x WHERE x.involvement_id = the_involvement AND x.until_at IS NULL
                   AND (x.member_id = ANY (people) OR x.team_id = ANY (teams)))
$$;

-- Whether an involvement brings its record to a worklist now: an information request has a list of its own, and what is
-- not theirs to do the actor stands to as a colleague. The conditions are those of standing(), for one row of a list.
CREATE OR REPLACE FUNCTION is_listed(i involvement, people uuid[], teams uuid[], known text[], me session)
RETURNS boolean
LANGUAGE sql STABLE COST 1000 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT i.from_at <= moment() AND (i.until_at IS NULL OR i.until_at > moment()) AND i.relation <> 'requested'
       AND (i.named_member_id IS NULL OR i.named_member_id = me.member_id)
       AND (CASE WHEN given_to(i.id, people, teams) THEN i.relation ELSE 'colleague' END) = ANY (known)
       AND NOT barred(i.record_id, me.member_id, me.agency_id)
       AND (NOT (SELECT r.restricted FROM record r WHERE r.id = i.record_id)
            OR EXISTS (SELECT FROM assignment x WHERE x.involvement_id = i.id
                       AND x.member_id = me.member_id AND (x.until_at IS NULL OR x.until_at > moment())))
$$;

-- Given to these people or teams, and listed; of two relations to a record its line is the one with dates, and of two
-- such the older.
CREATE OR REPLACE FUNCTION is_my_line(
    i involvement, people uuid[], teams uuid[], known text[], dated text[], me session)
RETURNS boolean
LANGUAGE sql STABLE COST 1000 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT given_to(i.id, people, teams) AND is_listed(i, people, teams, known, me)
       AND NOT EXISTS (
            SELECT FROM involvement j
            WHERE j.record_id = i.record_id AND j.agency_id = me.agency_id AND j.function = me.function AND j.record_open
              AND (NOT has_dates(j, dated), j.from_at, j.id) < (NOT has_dates(i, dated), i.from_at, i.id)
              AND given_to(j.id, people, teams) AND is_listed(j, people, teams, known, me))
$$;

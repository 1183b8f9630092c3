-- Cases that have to do with each other: handed over together, linked by somebody, or perhaps the same person twice.
-- Everything begins with the actor's own involvements; a case in which they do not stand is no candidate.

-- ── Handing over chosen cases ────────────────────────────────────────────────────────────────────────────────

-- What stands against giving these records from one of the actor's people to another, and for which of them.
CREATE OR REPLACE FUNCTION handing_problems(records uuid[], giver uuid, taker uuid, the_team uuid)
RETURNS TABLE (problem text, about uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH me AS (SELECT * FROM live_session())
    SELECT 'not_in_charge', NULL::uuid FROM me
    WHERE giver <> me.member_id AND NOT EXISTS (SELECT FROM my_charge() c WHERE c.member_id = giver)
    UNION ALL
    SELECT 'unfit_successor', NULL FROM me
    WHERE num_nonnulls(taker, the_team) <> 1 OR coalesce(taker = giver, false)
       OR NOT coalesce(can_take_over(taker, me.agency_id, me.function), false)
          AND NOT coalesce(team_can_take_over(the_team, me.agency_id, me.function, giver), false)
    UNION ALL
    SELECT 'not_theirs', r FROM me, unnest(records) r
    WHERE NOT EXISTS (SELECT FROM assignment a WHERE a.record_id = r AND a.agency_id = me.agency_id
                      AND a.function = me.function AND a.member_id = giver AND a.until_at IS NULL)
    UNION ALL
    SELECT 'barred_successor', r.id FROM me, record r
    WHERE r.id = ANY (records) AND (r.restricted AND the_team IS NOT NULL
                                    OR taker IS NOT NULL AND barred(r.id, taker, me.agency_id))
$$;

-- All of them in one act, or none: each keeps whoever else has it, and the successor is told once, with the count.
CREATE OR REPLACE FUNCTION hand_over_cases(records uuid[], giver uuid, taker uuid, the_team uuid, the_reason text)
RETURNS TABLE (handover uuid, problem text, about uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me constant session := live_session();
    moved uuid[];
    told constant uuid := gen_random_uuid();
BEGIN
    IF EXISTS (SELECT FROM unnest(records) r WHERE NOT doing(r, 'case.assign')) THEN
        RAISE EXCEPTION 'not allowed to hand over' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT NULL::uuid, p.problem, p.about FROM handing_problems(records, giver, taker, the_team) p;
    IF FOUND THEN
        RETURN;
    END IF;
    moved := ARRAY(SELECT a.id FROM assignment a
                   WHERE a.record_id = ANY (records) AND a.agency_id = me.agency_id AND a.function = me.function
                     AND a.member_id = giver AND a.until_at IS NULL ORDER BY a.id);
    PERFORM move_one('case', a, taker, the_team, me.member_id, the_reason) FROM unnest(moved) a;
    INSERT INTO outbox (id, kind, agency_id, function, session_id, created_at)
    VALUES (told, 'handed_over', me.agency_id, me.function, me.id, moment());
    INSERT INTO handover (id, from_member_id, agency_id, function, to_member_id, to_team_id, cases, notifications,
                          tasks, requests, actions, given_by, at)
    VALUES (told, giver, me.agency_id, me.function, taker, the_team, cardinality(records), 0, 0, 0, 0, me.member_id,
            moment());
    PERFORM change_of_access(r.id) FROM record r WHERE r.id = ANY (records) ORDER BY r.id;
    RETURN QUERY SELECT told, NULL::text, NULL::uuid;
END $$;

-- ── Links ────────────────────────────────────────────────────────────────────────────────────────────────────

-- Open links between two records in which the actor's function stands: of one record, the link of that id, or all.
CREATE OR REPLACE FUNCTION my_links(the_record uuid, the_link uuid, how_many integer)
RETURNS TABLE (id uuid, one uuid, other uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me constant session := live_session();
    teams constant uuid[] := ARRAY(SELECT c.team_id FROM my_charge() c WHERE c.team_id IS NOT NULL);
    people constant uuid[] := ARRAY(SELECT c.member_id FROM my_charge() c WHERE c.member_id IS NOT NULL) || me.member_id;
    known constant text[] := opening_relations('core');
BEGIN
    PERFORM note_list();
    RETURN QUERY
    WITH mine AS MATERIALIZED (
        SELECT DISTINCT i.record_id FROM involvement i
        WHERE i.agency_id = me.agency_id AND i.function = me.function AND i.record_kind = 'case'
          AND is_listed(i, people, teams, known, me)
    )
    SELECT l.id, l.one_id, l.other_id FROM case_link l
    JOIN mine a ON a.record_id = l.one_id JOIN mine b ON b.record_id = l.other_id
    WHERE l.ended_at IS NULL AND (the_record IS NULL OR the_record IN (l.one_id, l.other_id))
      AND (the_link IS NULL OR l.id = the_link)
    ORDER BY l.linked_at DESC, l.id LIMIT how_many;
END $$;

CREATE OR REPLACE FUNCTION link_cases(first_id uuid, second_id uuid, the_kind text, the_reason text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    linked uuid;
BEGIN
    IF NOT doing(first_id, 'case.link') OR NOT doing(second_id, 'case.link') THEN
        RAISE EXCEPTION 'not allowed to link' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM case_link l WHERE l.one_id = least(first_id, second_id)
               AND l.other_id = greatest(first_id, second_id) AND l.ended_at IS NULL) THEN
        RETURN NULL;
    END IF;
    INSERT INTO case_link (one_id, other_id, kind, linked_at, linked_by)
    VALUES (least(first_id, second_id), greatest(first_id, second_id), the_kind, moment(), my_member())
    RETURNING id INTO linked;
    INSERT INTO case_link_reason (link_id, agency_id, function, reason)
    VALUES (linked, my_agency(), my_function(), the_reason);
    RETURN linked;
END $$;

CREATE OR REPLACE FUNCTION end_case_link(the_link uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE case_link SET ended_at = moment(), ended_by = my_member()
    WHERE id = the_link AND ended_at IS NULL AND doing(one_id, 'case.link') AND doing(other_id, 'case.link');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not allowed to end this link' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- ── Perhaps the same person ──────────────────────────────────────────────────────────────────────────────────

-- A name without its spelling: lower case, without accents and punctuation, its words in alphabetical order.
CREATE OR REPLACE FUNCTION name_key(spelled text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(string_agg(w, ' ' ORDER BY w), '')
    FROM regexp_split_to_table(regexp_replace(normalize(lower(spelled), NFKD), '[\u0300-\u036f''’`]', '', 'g'),
                               '[[:space:][:punct:]]+') w
    WHERE w <> ''
$$;

-- What of a typed reference can be compared: its words of five digits or more, without their separators; no date is one.
CREATE OR REPLACE FUNCTION reference_keys(typed text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT DISTINCT upper(regexp_replace(w, '[-/.]', '', 'g'))
    FROM regexp_split_to_table(typed, '[^[:alnum:]/.-]+') w
    WHERE regexp_count(w, '[0-9]') >= 5 AND w !~ '^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}$'
$$;

-- Pairs of open cases in the actor's own charge, both of whose identities they may read: with the same name, or the name of
-- one that the other is also known by, and no birth date against it; without two birth dates the name needs two words. Or,
-- where they may read of status in both, with the same Home Office reference, whatever the names are.
DROP FUNCTION IF EXISTS possible_duplicates(uuid, integer);
CREATE FUNCTION possible_duplicates(the_record uuid, how_many integer)
RETURNS TABLE (one uuid, other uuid, same_birth boolean, same_reference boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    me constant session := live_session();
    teams constant uuid[] := ARRAY(SELECT c.team_id FROM my_charge() c WHERE c.team_id IS NOT NULL);
    people constant uuid[] := ARRAY(SELECT c.member_id FROM my_charge() c WHERE c.member_id IS NOT NULL) || me.member_id;
    known constant text[] := opening_relations('core');
    mine constant uuid[] := ARRAY(
        SELECT DISTINCT i.record_id FROM involvement i
        WHERE i.agency_id = me.agency_id AND i.function = me.function AND i.record_kind = 'case' AND i.record_open
          AND given_to(i.id, people, teams) AND is_listed(i, people, teams, known, me));
BEGIN
    PERFORM note_list();
    RETURN QUERY
    WITH seen AS MATERIALIZED (
        SELECT c.record_id, c.data_group, g.content
        FROM cells(ARRAY(SELECT s FROM standing(mine) s)) c
        CROSS JOIN LATERAL (SELECT v.content FROM group_content v
                            WHERE v.record_id = c.record_id AND v.data_group = c.data_group
                            ORDER BY v.version DESC LIMIT 1) g
        WHERE c.data_group IN ('identity', 'immigration') AND c.action = 'see' AND c.allowed AND c.live
    ), who AS MATERIALIZED (
        SELECT s.record_id, s.content ->> 'date_of_birth' AS born, name_key(n.spelled) AS name
        FROM seen s
        CROSS JOIN LATERAL (VALUES (concat_ws(' ', s.content ->> 'first_name', s.content ->> 'last_name')),
                                   (s.content ->> 'nickname')) AS n (spelled)
        WHERE s.data_group = 'identity'
    ), known_by AS MATERIALIZED (
        SELECT s.record_id, k.key
        FROM seen s CROSS JOIN LATERAL reference_keys(s.content ->> 'home_office_reference') AS k (key)
        WHERE s.data_group = 'immigration'
    ), alike AS (
        SELECT a.record_id AS one, b.record_id AS other, false AS by_reference
        FROM who a JOIN who b ON a.name = b.name AND a.record_id < b.record_id
        WHERE CASE WHEN a.born IS NULL OR b.born IS NULL THEN position(' ' IN a.name) > 0
                   ELSE a.name <> '' AND born_alike(a.born, b.born) END
        UNION ALL
        SELECT a.record_id, b.record_id, true
        FROM known_by a JOIN known_by b ON a.key = b.key AND a.record_id < b.record_id
    )
    -- A reference counts beside a readable identity alone: whoever reads no name has no row of `who` to join here.
    SELECT p.one, p.other, bool_and(coalesce(born_alike(a.born, b.born), false)), bool_or(p.by_reference)
    FROM alike p JOIN who a ON a.record_id = p.one JOIN who b ON b.record_id = p.other
    WHERE the_record IS NULL OR the_record IN (p.one, p.other)
    GROUP BY 1, 2 ORDER BY 1, 2 LIMIT how_many;
END $$;

-- Whether two birth dates, each known in full or in part, can be of one day. Null: one of them is not known.
CREATE OR REPLACE FUNCTION born_alike(a text, b text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT starts_with(a, b) OR starts_with(b, a) $$;

-- Looking is an entry in the ledger. Row security hands out a group of a record only if this transaction's own
-- access records name it: no access record, no row. The application role cannot write the ledger except through here.

-- Look at records (by id, by reference, or by a meeting that hangs on one). One line per lookup, whatever the answer; rows come back only for records the
-- actor may know. `the_act` is 'see' for a read, else the act; groups to write are locked against a change of access.
DROP FUNCTION IF EXISTS admit(text[], text[], text, text[]);
CREATE FUNCTION admit(lookups text[], asked text[], the_act text, to_write text[]) RETURNS TABLE (
    looked_up text, record_id uuid, kind text, may_act boolean, standings jsonb, classes text[],
    groups text[], summaries text[], pins text[], items text[], writes text[], refused text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    level text := level_of(me);
    policy text := current_policy();
    wanted uuid[];
    standings_now record_standing[];
BEGIN
    IF me.id IS NULL THEN
        RAISE EXCEPTION 'no living session' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    wanted := record_ids(lookups);
    standings_now := ARRAY(SELECT s FROM standing(wanted) s);
    IF is_of_authors(the_act, asked) THEN
        standings_now := as_author(standings_now);
    END IF;
    IF the_act <> 'see' THEN
        -- A change of access updates this row, so a writer with an older snapshot fails here and starts again. Nobody
        -- waits for a record in which they do not stand: the waiting would tell that there is one.
        PERFORM FROM record r WHERE r.id IN (SELECT s.record_id FROM unnest(standings_now) s) ORDER BY r.id FOR SHARE;
    END IF;
    RETURN QUERY
    WITH looked AS MATERIALIZED (
        SELECT l.lookup, r.id, r.kind FROM unnest(lookups, wanted) AS l (lookup, id) LEFT JOIN record r ON r.id = l.id
    ), stand AS MATERIALIZED (
        SELECT s.record_id, s.classes,
               jsonb_agg(jsonb_build_object('involvement', s.involvement_id, 'relation', s.relation, 'scoped', s.scoped,
                                            'scope', s.scope, 'pins', s.pins, 'items', s.items)
                         ORDER BY s.relation, s.involvement_id) AS standings,
               array_agg(s.involvement_id ORDER BY s.relation, s.involvement_id) AS involvements,
               array_agg(s.relation ORDER BY s.relation, s.involvement_id) AS relations,
               array_agg(DISTINCT s.purpose) AS purposes
        FROM unnest(standings_now) s GROUP BY s.record_id, s.classes
    ), cell AS MATERIALIZED (
        SELECT * FROM cells(standings_now) c WHERE c.allowed
    ), open AS MATERIALIZED (  -- what the policy opens, one row per record
        SELECT c.record_id,
               array_agg(c.data_group) FILTER (WHERE c.action = 'see' AND c.live) AS see,
               array_agg(c.data_group || ':' || c.pin) FILTER (WHERE c.action = 'see' AND c.pin IS NOT NULL) AS pins,
               array_agg(c.data_group) FILTER (WHERE c.action = 'see' AND c.pin IS NOT NULL) AS pinned,
               array_agg(c.data_group) FILTER (WHERE c.items <> '{}') AS itemised,
               array_agg(c.data_group) FILTER (WHERE c.action = 'summary') AS summary,
               array_agg(c.data_group) FILTER (WHERE c.action = 'record') AS record,
               array_agg(c.action) FILTER (WHERE c.data_group = 'core') AS acts,
               jsonb_object_agg(c.action || ' ' || c.data_group, c.rule) AS rules
        FROM cell c GROUP BY c.record_id
    ), entries AS MATERIALIZED (  -- the single entries that the policy opens, one row per record
        SELECT c.record_id, array_agg(i ORDER BY i) AS items
        FROM cell c, unnest(c.items) i GROUP BY c.record_id
    ), verdict AS MATERIALIZED (
        SELECT k.lookup, k.id AS record_id, k.kind, s.standings, s.classes, s.involvements, s.relations, s.purposes,
               o.rules, o.see, o.pins, o.pinned, o.itemised, e.items, o.summary, o.record,
               coalesce('core' = ANY (o.see), false) AS known,
               coalesce('core' = ANY (o.see) AND the_act = ANY (o.acts), false) AS acts
        FROM looked k LEFT JOIN stand s ON s.record_id = k.id LEFT JOIN open o ON o.record_id = k.id
             LEFT JOIN entries e ON e.record_id = k.id
    ), granted AS MATERIALIZED (
        SELECT v.*,
               ARRAY(SELECT DISTINCT g FROM unnest(asked || 'core'::text) g WHERE v.acts AND g = ANY (v.see) ORDER BY g) AS groups,
               ARRAY(SELECT DISTINCT p FROM unnest(v.pins) p
                     WHERE v.acts AND split_part(p, ':', 1) = ANY (asked) ORDER BY p) AS opened_pins,
               ARRAY(SELECT i FROM unnest(v.items) i
                     WHERE v.acts AND split_part(i, ':', 1) = ANY (asked) ORDER BY i) AS opened_items,
               ARRAY(SELECT DISTINCT g FROM unnest(asked) g WHERE v.acts AND g = ANY (v.summary)
                     AND NOT g = ANY (coalesce(v.see || v.pinned || v.itemised, '{}')) ORDER BY g) AS summaries,
               -- Looking never writes: only an act has locked the record against a change of access.
               ARRAY(SELECT DISTINCT g FROM unnest(to_write) g
                     WHERE v.acts AND the_act <> 'see' AND g = ANY (v.record) ORDER BY g) AS writes
        FROM verdict v
    ), line AS MATERIALIZED (
        SELECT g.*, ARRAY(
            SELECT DISTINCT w FROM unnest(asked || to_write) w
            WHERE NOT (w = ANY (g.groups || g.summaries || g.writes)
                       OR EXISTS (SELECT FROM unnest(g.opened_pins || g.opened_items) p
                                  WHERE split_part(p, ':', 1) = w))
            ORDER BY w) AS refused
        FROM granted g
    ), written AS (
        INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, record_id,
            involvements, relations, classes, purposes, groups, summaries, pins, items, writes, refused, rules,
            policy_version)
        SELECT moment(), me.id, me.member_id, me.agency_id, me.function, level, the_act,
               CASE WHEN NOT (l.known AND l.acts) THEN 'refused'
                    WHEN leads(l.record_id, me.agency_id) THEN 'viewed' ELSE 'disclosed' END,
               l.record_id, coalesce(l.involvements, '{}'), coalesce(l.relations, '{}'), coalesce(l.classes, '{}'),
               coalesce(l.purposes, '{}'), l.groups, l.summaries, l.opened_pins, l.opened_items, l.writes, l.refused,
               ARRAY(SELECT DISTINCT l.rules ->> cell FROM unnest(
                         ARRAY[the_act || ' core']
                         || ARRAY(SELECT 'see ' || g FROM unnest(l.groups) g)
                         || ARRAY(SELECT 'see ' || split_part(p, ':', 1) FROM unnest(l.opened_pins || l.opened_items) p)
                         || ARRAY(SELECT 'summary ' || g FROM unnest(l.summaries) g)
                         || ARRAY(SELECT 'record ' || g FROM unnest(l.writes) g)) cell
                     WHERE l.rules ? cell ORDER BY 1),
               policy
        FROM line l
    )
    SELECT l.lookup, l.record_id, l.kind, l.acts, l.standings, l.classes, l.groups, l.summaries, l.opened_pins,
           l.opened_items, l.writes, l.refused
    FROM line l WHERE l.known;
END $$;

-- Ids of the records looked up, null where there is none; for the gatekeeper's own use.
CREATE OR REPLACE FUNCTION record_ids(lookups text[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT array_agg(coalesce(by_id.id, by_reference.id, by_meeting.record_id) ORDER BY l.place)
    FROM unnest(lookups) WITH ORDINALITY AS l (lookup, place)
    LEFT JOIN record by_id ON by_id.id =
        CASE WHEN l.lookup ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN l.lookup::uuid END
    LEFT JOIN record by_reference ON by_reference.reference = upper(l.lookup)
    LEFT JOIN meeting by_meeting ON by_meeting.id = CASE
        WHEN l.lookup ~ '^meeting:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN substr(l.lookup, 9)::uuid
        END
$$;

CREATE OR REPLACE FUNCTION leads(the_record uuid, the_agency uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce((SELECT agency_id = the_agency FROM lead_agency
                     WHERE record_id = the_record ORDER BY step DESC LIMIT 1), false)
$$;

-- The line of an act that was refused or undone: where the actor stood to the record, and by which rule the act would have
-- been theirs. It resolves, records and returns nothing.
CREATE OR REPLACE FUNCTION refuse(lookups text[], the_act text, asked text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    wanted constant uuid[] := CASE WHEN lookups = '{}' THEN ARRAY[NULL::uuid] ELSE record_ids(lookups) END;
    standings_now record_standing[] := ARRAY(SELECT s FROM standing(wanted) s);
BEGIN
    IF me.id IS NULL THEN
        RAISE EXCEPTION 'no living session' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    IF is_of_authors(the_act, asked) THEN
        standings_now := as_author(standings_now);
    END IF;
    INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, record_id,
                               involvements, relations, classes, purposes, refused, rules, policy_version)
    SELECT moment(), me.id, me.member_id, me.agency_id, me.function, my_access_level(), the_act, 'refused', found.id,
           coalesce(stood.involvements, '{}'), coalesce(stood.relations, '{}'), coalesce(stood.classes, '{}'),
           coalesce(stood.purposes, '{}'), asked, ARRAY(
               SELECT DISTINCT c.rule FROM cells(standings_now) c
               WHERE c.record_id = found.id AND c.data_group = 'core' AND c.action = the_act AND c.allowed
               UNION SELECT unnest(beginning_rules(the_act)) WHERE found.id IS NULL AND lookups = '{}' ORDER BY 1),
           current_policy()
    FROM unnest(wanted) AS found (id)
    LEFT JOIN LATERAL (
        SELECT array_agg(s.involvement_id ORDER BY s.relation, s.involvement_id) AS involvements,
               array_agg(s.relation ORDER BY s.relation, s.involvement_id) AS relations,
               array_agg(DISTINCT s.purpose) AS purposes, min(s.classes) AS classes
        FROM unnest(standings_now) s WHERE s.record_id = found.id) stood ON true;
END $$;

-- ── What row security asks: this transaction's own lines, and nobody else's ─────────────────────────────
-- The moment is compared too: transaction ids begin anew when the rows are restored on another server.

CREATE OR REPLACE FUNCTION admitted() RETURNS TABLE (record_id uuid, data_group text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.record_id, g FROM access_record a, unnest(a.groups) g
    WHERE a.transaction = pg_current_xact_id_if_assigned() AND a.at = moment()
      AND a.session_id = (named_session()).id AND a.verdict <> 'refused'
$$;

CREATE OR REPLACE FUNCTION admitted_summaries() RETURNS TABLE (record_id uuid, data_group text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.record_id, g FROM access_record a, unnest(a.groups || a.summaries) g
    WHERE a.transaction = pg_current_xact_id_if_assigned() AND a.at = moment()
      AND a.session_id = (named_session()).id AND a.verdict <> 'refused'
$$;

CREATE OR REPLACE FUNCTION admitted_pins() RETURNS TABLE (record_id uuid, data_group text, version integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.record_id, split_part(p, ':', 1), split_part(p, ':', 2)::integer FROM access_record a, unnest(a.pins) p
    WHERE a.transaction = pg_current_xact_id_if_assigned() AND a.at = moment()
      AND a.session_id = (named_session()).id AND a.verdict <> 'refused'
$$;

CREATE OR REPLACE FUNCTION admitted_items() RETURNS TABLE (item_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT split_part(i, ':', 2)::uuid FROM access_record a, unnest(a.items) i
    WHERE a.transaction = pg_current_xact_id_if_assigned() AND a.at = moment()
      AND a.session_id = (named_session()).id AND a.verdict <> 'refused'
$$;

-- Facts have no version. Those of a pinned group are open to the agency that recorded them, up to the pinned version;
-- to whom the group was shared, as they were when it was shared.
CREATE OR REPLACE FUNCTION admitted_pinned_facts() RETURNS TABLE (fact_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT f.id FROM admitted_pins() p
    JOIN group_content g ON g.record_id = p.record_id AND g.data_group = p.data_group AND g.version = p.version
    JOIN case_fact f ON f.record_id = p.record_id AND f.data_group = p.data_group AND f.recorded_at <= g.recorded_at
    JOIN member m ON m.id = f.recorded_by AND m.agency_id = my_agency()
    UNION
    SELECT f.id FROM access_record a, unnest(a.pins) pin
    JOIN involvement_scope s ON s.data_group || ':' || s.pinned_version = pin
    JOIN involvement i ON i.id = s.involvement_id AND i.relation IN ('recipient', 'requested')
    JOIN case_fact f ON f.record_id = i.record_id AND f.data_group = s.data_group AND f.recorded_at <= s.recorded_at
    WHERE a.transaction = pg_current_xact_id_if_assigned() AND a.at = moment()
      AND a.session_id = (named_session()).id AND a.verdict <> 'refused' AND i.id = ANY (a.involvements)
$$;

CREATE OR REPLACE FUNCTION writable() RETURNS TABLE (record_id uuid, data_group text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.record_id, g FROM access_record a, unnest(a.writes) g
    WHERE a.transaction = pg_current_xact_id_if_assigned() AND a.at = moment()
      AND a.session_id = (named_session()).id AND a.verdict <> 'refused'
$$;

CREATE OR REPLACE FUNCTION doing(the_record uuid, the_act text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM access_record a
        WHERE a.transaction = pg_current_xact_id_if_assigned() AND a.at = moment() AND a.session_id = (named_session()).id
          AND a.record_id = the_record AND a.verdict IN ('viewed', 'disclosed') AND a.act <> 'see'
          AND (the_act IS NULL OR a.act = the_act))
$$;

-- Every record that this operation does an act on.
CREATE OR REPLACE FUNCTION acted_on() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT DISTINCT a.record_id FROM access_record a
    WHERE a.transaction = pg_current_xact_id_if_assigned() AND a.at = moment() AND a.session_id = (named_session()).id
      AND a.verdict IN ('viewed', 'disclosed') AND a.act <> 'see' AND a.record_id IS NOT NULL
$$;

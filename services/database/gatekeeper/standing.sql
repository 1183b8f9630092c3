-- Where the actor stands to a record, and what the policy lets them do there. The same cells as in Python,
-- evaluated a second time and independently: some allow, and no deny.

-- The case classes of a record on a London date, reduced from its dated facts; never stored.
CREATE OR REPLACE FUNCTION case_classes(the_record uuid, the_day date) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH latest AS (
        SELECT DISTINCT ON (f.kind) f.kind, f.value FROM case_fact f
        WHERE f.record_id = the_record AND f.effective_from <= the_day
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
        CASE WHEN age = 'adult' THEN 'adult' ELSE 'child' END,
        CASE WHEN cooperation = 'yes' THEN 'cooperating' END,
        CASE WHEN support = 'yes' AND age = 'adult' THEN 'supported' END,
        CASE WHEN EXISTS (SELECT FROM referral r WHERE r.record_id = the_record) THEN 'referred' END,
        CASE WHEN EXISTS (SELECT FROM decision d WHERE d.record_id = the_record
                          AND d.kind = 'conclusive_grounds' AND d.issued_on <= the_day) THEN 'decided' END
    ], NULL) FROM fact
$$;

-- The actor's own relations to the records wanted. It starts from the actor's involvements and never searches.
-- A bar beats everything; a restricted record is known to its named readers only.
CREATE OR REPLACE FUNCTION standing(wanted uuid[]) RETURNS TABLE (
    record_id uuid, involvement_id uuid, relation text, purpose text, scoped boolean, scope text[], pins text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH me AS MATERIALIZED (SELECT * FROM live_session()),
    charge AS MATERIALIZED (  -- the teams the actor works in or manages, in the function they act in
        SELECT tm.team_id, tm.standing FROM me
        JOIN team_membership tm ON tm.member_id = me.member_id
             AND tm.from_at <= moment() AND (tm.until_at IS NULL OR tm.until_at > moment())
        JOIN team t ON t.id = tm.team_id AND t.agency_id = me.agency_id AND t.function = me.function
    ), managed AS MATERIALIZED (
        SELECT theirs.member_id FROM charge JOIN team_membership theirs ON theirs.team_id = charge.team_id
             AND theirs.from_at <= moment() AND (theirs.until_at IS NULL OR theirs.until_at > moment())
        WHERE charge.standing = 'manager'
    )
    SELECT i.record_id, i.id, CASE WHEN a.assigned THEN i.relation ELSE 'colleague' END,
           i.purpose, sc.scoped, sc.scope, sc.pins
    FROM me
    JOIN involvement i ON i.agency_id = me.agency_id AND i.function = me.function AND i.record_id = ANY (wanted)
         AND i.from_at <= moment() AND (i.until_at IS NULL OR i.until_at > moment())
    JOIN record r ON r.id = i.record_id
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(x.member_id = me.member_id), false) AS named,
               coalesce(bool_or(x.member_id = me.member_id
                   OR x.team_id IN (SELECT team_id FROM charge)
                   OR x.member_id IN (SELECT member_id FROM managed)), false) AS assigned
        FROM assignment x WHERE x.involvement_id = i.id AND (x.until_at IS NULL OR x.until_at > moment())
    ) a
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 AS scoped,
               coalesce(array_agg(s.data_group) FILTER (WHERE s.pinned_version IS NULL), '{}') AS scope,
               coalesce(array_agg(s.data_group || ':' || s.pinned_version)
                        FILTER (WHERE s.pinned_version IS NOT NULL), '{}') AS pins
        FROM involvement_scope s WHERE s.involvement_id = i.id
    ) sc
    WHERE NOT EXISTS (
            SELECT FROM access_bar b
            WHERE b.record_id = i.record_id AND (b.member_id = me.member_id OR b.agency_id = me.agency_id)
              AND b.from_at <= moment() AND (b.until_at IS NULL OR b.until_at > moment()))
      AND (NOT r.restricted OR a.named)
$$;

-- Every cell of today's policy that speaks about the actor's standing to the records wanted. Scope narrows what is
-- seen, never a deny; a pin allows one version only, and a live allow beats a pin.
CREATE OR REPLACE FUNCTION cells(wanted uuid[]) RETURNS TABLE (
    record_id uuid, data_group text, action text, rule text, allowed boolean, pin integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH facts AS MATERIALIZED (
        SELECT s.*, case_classes(s.record_id, london_today()) AS classes FROM standing(wanted) s
    ), matched AS (
        SELECT f.record_id, g.data_group, g.action, g.rule, g.effect,
               NOT f.scoped OR g.data_group = 'core' OR g.action NOT IN ('see', 'summary')
                   OR g.data_group = ANY (f.scope) AS live,
               (SELECT max(split_part(p, ':', 2)::integer) FROM unnest(f.pins) p
                WHERE split_part(p, ':', 1) = g.data_group AND g.action = 'see') AS pin
        FROM facts f
        JOIN policy_grant g ON g.policy_version = current_policy() AND g.function = my_function()
             AND g.relation = f.relation AND g.access_level = my_access_level() AND g.case_class = ANY (f.classes)
    )
    SELECT record_id, data_group, action, min(rule) FILTER (WHERE effect = 'allow'),
           coalesce(bool_or(effect = 'allow' AND (live OR pin IS NOT NULL)), false) AND NOT bool_or(effect = 'deny'),
           CASE WHEN NOT coalesce(bool_or(effect = 'allow' AND live), false) THEN max(pin) END
    FROM matched GROUP BY record_id, data_group, action
$$;

-- May the actor do an act that needs no record yet (open a concern, send a referral, import a message)?
CREATE OR REPLACE FUNCTION may_begin(the_act text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(bool_or(effect = 'allow') AND NOT bool_or(effect = 'deny'), false) FROM policy_grant
    WHERE policy_version = current_policy() AND function = my_function() AND relation = 'unrelated'
      AND access_level = my_access_level() AND action = the_act AND case_class = 'always'
$$;

CREATE OR REPLACE FUNCTION may(the_record uuid, the_group text, the_action text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(bool_or(allowed), false) FROM cells(ARRAY[the_record])
    WHERE data_group = the_group AND action = the_action
$$;

-- Whether the actor may know that the record is there; standing to it alone is not enough (an administrator sees none).
CREATE OR REPLACE FUNCTION known_to_me(the_record uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT may(the_record, 'core', 'see') $$;

CREATE OR REPLACE FUNCTION assigned_to_me(the_involvement uuid, the_record uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM standing(ARRAY[the_record]) s
                   WHERE s.involvement_id = the_involvement AND s.relation <> 'colleague')
           AND may(the_record, 'core', 'see')
$$;

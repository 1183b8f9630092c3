-- Why one person of an agency could see what of a record at a moment, for the agency's governance officers. What was
-- enforced is what the lines of the ledger kept; what could have been is worked out from dated rows, as they stood then.

-- One answer of one row, or none: for somebody else's person, and for a record that the officer's agency has nothing to do
-- with, as for one that does not exist. Asking is a line in either case.
CREATE OR REPLACE FUNCTION access_then(the_lookup text, the_member uuid, the_moment timestamptz)
RETURNS TABLE (reference text, person text, abilities jsonb, looks jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    me constant session := live_session();
    about constant uuid := (record_ids(ARRAY[the_lookup]))[1];
    may_know boolean;
BEGIN
    IF NOT may_begin('access.explain') THEN
        PERFORM refuse(ARRAY[the_lookup], 'access.explain', '{}');
        RETURN;
    END IF;
    may_know := coalesce(concerns_us(about, me.member_id, me.agency_id), false)
        AND EXISTS (SELECT FROM member m WHERE m.id = the_member AND m.agency_id = me.agency_id AND NOT m.is_service);
    INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, record_id,
                               policy_version)
    SELECT moment(), me.id, me.member_id, me.agency_id, me.function, my_access_level(), 'access.explain',
           CASE WHEN NOT may_know THEN 'refused' WHEN leads(about, me.agency_id) THEN 'viewed' ELSE 'disclosed' END,
           about, current_policy();
    IF may_know THEN
        RETURN QUERY SELECT r.reference, m.display_name, abilities_then(about, m.id, the_moment),
                            looks_until(about, m.id, the_moment)
        FROM record r, member m WHERE r.id = about AND m.id = the_member;
    END IF;
END $$;

-- Whether a dated function was held at a moment; one that ended at once was held until then.
CREATE OR REPLACE FUNCTION held_at(the_from date, the_until date, the_end timestamptz, the_moment timestamptz)
RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT the_from <= (the_moment AT TIME ZONE 'Europe/London')::date
       AND CASE WHEN the_end IS NOT NULL THEN the_end > the_moment
                ELSE the_until IS NULL OR the_until > (the_moment AT TIME ZONE 'Europe/London')::date END
$$;

-- The groups that were not empty for the person in a function: wholes, or summaries.
CREATE OR REPLACE FUNCTION standing_groups(
    the_record uuid, in_summary boolean, the_member uuid, the_function text, the_moment timestamptz) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(array_agg(g.data_group), '{}')
    FROM (SELECT DISTINCT p.data_group FROM policy_grant p) g  -- of every version: a group may be gone since
    WHERE something_stands(the_record, g.data_group, in_summary, the_moment)
       OR entries_stand(the_record, g.data_group, (SELECT m.agency_id FROM member m WHERE m.id = the_member),
                        the_function, the_member, the_moment)
$$;

-- The flag has no dates of its own: the acts that set and lifted it stand in the ledger.
CREATE OR REPLACE FUNCTION restricted_then(the_record uuid, the_moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH acts AS (
        SELECT a.at, a.act FROM access_record a WHERE a.record_id = the_record AND a.verdict <> 'refused'
          AND a.act IN ('record.restrict', 'restriction.lift')
    )
    SELECT coalesce((SELECT act = 'record.restrict' FROM acts WHERE at <= the_moment ORDER BY at DESC LIMIT 1),
                    (SELECT act = 'restriction.lift' FROM acts WHERE at > the_moment ORDER BY at LIMIT 1),
                    (SELECT r.restricted FROM record r WHERE r.id = the_record))
$$;

-- How the person stood to the record: what standing() says of oneself today, said of anybody at a moment. A test holds
-- the two together for everybody and every record.
CREATE OR REPLACE FUNCTION standings_then(
    the_record uuid, the_member uuid, the_function text, the_moment timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH their_team AS (
        SELECT tm.team_id, tm.standing FROM team_membership tm JOIN team t ON t.id = tm.team_id
        WHERE tm.member_id = the_member AND t.function = the_function
          AND tm.from_at <= the_moment AND (tm.until_at IS NULL OR tm.until_at > the_moment)
    ), charge AS (
        SELECT team_id, NULL::uuid AS member_id FROM their_team
        UNION
        SELECT NULL, other.member_id FROM their_team t JOIN team_membership other ON other.team_id = t.team_id
             AND other.from_at <= the_moment AND (other.until_at IS NULL OR other.until_at > the_moment)
        WHERE t.standing = 'manager'
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'involvement', i.id, 'relation', CASE WHEN a.since IS NULL THEN 'colleague' ELSE i.relation END,
               'scoped', sc.scoped, 'scope', sc.scope, 'pins', sc.pins, 'items', sc.items,
               'way', jsonb_build_object('relation', i.relation, 'since', i.from_at, 'assigned_since', a.since,
                                         'team', a.team))
               ORDER BY CASE WHEN a.since IS NULL THEN 'colleague' ELSE i.relation END, i.id), '[]')
    FROM member m
    JOIN involvement i ON i.agency_id = m.agency_id AND i.function = the_function AND i.record_id = the_record
         AND i.from_at <= the_moment AND (i.until_at IS NULL OR i.until_at > the_moment)
         AND (i.named_member_id IS NULL OR i.named_member_id = the_member)
    CROSS JOIN LATERAL (
        SELECT min(x.from_at) AS since, coalesce(bool_or(x.member_id = the_member), false) AS named,
               CASE WHEN NOT coalesce(bool_or(x.member_id = the_member), false) THEN min(t.name) END AS team
        FROM assignment x LEFT JOIN team t ON t.id = x.team_id
        WHERE x.involvement_id = i.id AND x.from_at <= the_moment AND (x.until_at IS NULL OR x.until_at > the_moment)
          AND (x.member_id = the_member
               OR EXISTS (SELECT FROM charge c WHERE c.team_id = x.team_id OR c.member_id = x.member_id))
    ) a
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 OR i.relation IN ('recipient', 'attendee', 'released_to') AS scoped,
               coalesce(array_agg(s.data_group) FILTER (WHERE s.pinned_version IS NULL AND s.item_id IS NULL), '{}') AS scope,
               coalesce(array_agg(s.data_group || ':' || s.item_id) FILTER (WHERE s.item_id IS NOT NULL), '{}')
                   || ARRAY(SELECT 'strategy_minutes:' || p.part_id FROM meeting_part_reader p  -- closed parts for them
                            WHERE p.record_id = i.record_id AND p.agency_id = i.agency_id AND p.function = i.function
                              AND p.added_at <= the_moment
                              AND (i.relation = 'safeguarding_lead' OR EXISTS (SELECT FROM involvement_scope x
                                   WHERE x.involvement_id = i.id AND x.item_id = p.meeting_id
                                     AND x.recorded_at <= the_moment))) AS items,
               coalesce(array_agg(s.data_group || ':' || s.pinned_version)
                        FILTER (WHERE s.pinned_version IS NOT NULL), '{}') AS pins
        FROM involvement_scope s WHERE s.involvement_id = i.id AND s.recorded_at <= the_moment
    ) sc
    WHERE m.id = the_member AND (NOT restricted_then(the_record, the_moment) OR a.named)
      AND NOT EXISTS (SELECT FROM access_bar b WHERE b.record_id = the_record
                      AND (b.member_id = the_member OR b.agency_id = m.agency_id)
                      AND b.from_at <= the_moment AND (b.until_at IS NULL OR b.until_at > the_moment))
$$;

-- What the person could have done at a moment: one entry for each function they held, with how they stood in it.
CREATE OR REPLACE FUNCTION abilities_then(the_record uuid, the_member uuid, the_moment timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'function', held.function, 'level', held.access_level,
               'classes', case_classes(the_record, (the_moment AT TIME ZONE 'Europe/London')::date, the_moment),
               'standings', standings_then(the_record, the_member, held.function, the_moment),
               'recorded', standing_groups(the_record, false, the_member, held.function, the_moment),
               'summarised', standing_groups(the_record, true, the_member, held.function, the_moment),
               'policy', CASE WHEN the_moment >= moment() THEN current_policy() ELSE (
                   SELECT p.version FROM policy_version p WHERE p.loaded_at <= the_moment
                   ORDER BY p.sequence DESC LIMIT 1) END)
               ORDER BY held.function), '[]')
    FROM (SELECT DISTINCT ON (mf.function) mf.function, mf.access_level
          FROM member_function mf JOIN member m ON m.id = mf.member_id
          JOIN agency_function af ON af.agency_id = m.agency_id AND af.function = mf.function
          WHERE mf.member_id = the_member
            AND held_at(mf.valid_from, mf.valid_until, mf.ended_at, the_moment)
            AND held_at(af.valid_from, af.valid_until, af.ended_at, the_moment)
          ORDER BY mf.function, mf.valid_from DESC) held
$$;

-- What was enforced: the person's own lines about the record on that London day, until the moment, the newest first.
CREATE OR REPLACE FUNCTION looks_until(the_record uuid, the_member uuid, the_moment timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(to_jsonb(line) - 'place' ORDER BY line.place), '[]')
    FROM (SELECT a.id, a.at, a.act, a.verdict, a.function, a.access_level, a.relations, a.classes, a.groups, a.summaries,
                 a.pins, a.items, a.refused, a.rules, a.policy_version,
                 row_number() OVER (ORDER BY a.at DESC, a.transaction DESC, a.act, a.groups, a.refused, a.id) AS place
          FROM access_record a
          WHERE a.record_id = the_record AND a.member_id = the_member AND a.at <= the_moment
            AND (a.at AT TIME ZONE 'Europe/London')::date = (the_moment AT TIME ZONE 'Europe/London')::date
          ORDER BY place LIMIT 50) line
$$;

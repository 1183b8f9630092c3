-- Why somebody may see what. An explanation reads no content and names nothing that its reader may not know.

-- Of records that this transaction has admitted: what today's rules open to the actor, in which of it anything stands,
-- and since when the actor's agency and the actor themselves have to do with the record.
CREATE OR REPLACE FUNCTION my_access(the_records uuid[]) RETURNS TABLE (
    record_id uuid, sees text[], summarises text[], pins text[], recorded text[], ways jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    stands constant record_standing[] := ARRAY(
        SELECT s FROM standing(ARRAY(SELECT a.record_id FROM admitted() a
                                     WHERE a.data_group = 'core' AND a.record_id = ANY (the_records))) s);
BEGIN
    RETURN QUERY
    WITH open AS MATERIALIZED (
        SELECT c.record_id, c.data_group, bool_or(c.action = 'see' AND c.live) AS live,
               bool_and(c.action = 'summary') AS in_summary, max(c.pin) FILTER (WHERE c.action = 'see') AS pin
        FROM cells(stands) c WHERE c.allowed AND c.action IN ('see', 'summary') GROUP BY c.record_id, c.data_group
    )
    SELECT s.record_id,
           coalesce((SELECT array_agg(o.data_group) FILTER (WHERE o.live) FROM open o WHERE o.record_id = s.record_id), '{}'),
           coalesce((SELECT array_agg(o.data_group) FILTER (WHERE o.in_summary)
                     FROM open o WHERE o.record_id = s.record_id), '{}'),
           coalesce((SELECT array_agg(o.data_group || ':' || o.pin) FILTER (WHERE o.pin IS NOT NULL AND NOT o.live)
                     FROM open o WHERE o.record_id = s.record_id), '{}'),
           ARRAY(SELECT o.data_group FROM open o WHERE o.record_id = s.record_id
                 AND (something_stands(o.record_id, o.data_group, o.in_summary, moment())
                      OR entries_stand(o.record_id, o.data_group, my_agency(), my_function(), my_member(), moment()))),
           my_ways(s.record_id, array_agg(s.involvement_id))
    FROM unnest(stands) s GROUP BY s.record_id;
END $$;

-- Whether a group, or its summary, holds anything at a moment; for the gatekeeper's own use.
CREATE OR REPLACE FUNCTION something_stands(the_record uuid, the_group text, in_summary boolean, the_moment timestamptz)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN in_summary THEN EXISTS (
            SELECT FROM group_summary g JOIN group_content c USING (record_id, data_group, version)
            WHERE g.record_id = the_record AND g.data_group = the_group AND c.recorded_at <= the_moment)
        ELSE EXISTS (SELECT FROM group_content g WHERE g.record_id = the_record AND g.data_group = the_group
                     AND g.recorded_at <= the_moment)
          OR EXISTS (SELECT FROM case_fact f WHERE f.record_id = the_record AND f.data_group = the_group
                     AND f.recorded_at <= the_moment
                     AND f.effective_from <= (the_moment AT TIME ZONE 'Europe/London')::date)
          OR EXISTS (SELECT FROM case_step s WHERE s.record_id = the_record AND s.data_group = the_group
                     AND s.recorded_at <= the_moment)
          OR the_group = 'referrer' AND EXISTS (SELECT FROM referral r WHERE r.record_id = the_record
                                                AND r.recorded_at <= the_moment)
        END
$$;

-- Whether a group that is a list, and that may tell a hidden fact by being open, holds an entry at a moment for somebody
-- who may read it: as row security has it for them.
CREATE OR REPLACE FUNCTION entries_stand(
    the_record uuid, the_group text, the_agency uuid, the_function text, the_member uuid, the_moment timestamptz)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT the_group IN ('decisions', 'disqualification', 'wishes', 'leave') AND EXISTS (
            SELECT FROM case_step s WHERE s.record_id = the_record AND s.data_group = the_group
            AND s.recorded_at <= the_moment)
        OR the_group = 'decisions' AND EXISTS (
            SELECT FROM decision d WHERE d.record_id = the_record AND d.recorded_at <= the_moment)
        OR the_group = 'information_requests' AND (EXISTS (
            SELECT FROM share s WHERE s.record_id = the_record AND s.decided_at <= the_moment
            AND (s.agency_id = the_agency AND s.function = the_function
                 OR s.involvement_id IS NOT NULL AND (s.ended_at IS NULL OR s.ended_at > the_moment)
                    AND s.ends_on >= (the_moment AT TIME ZONE 'Europe/London')::date
                    AND s.recipient_agency_id = the_agency AND s.recipient_function = the_function
                    AND (s.recipient_member_id IS NULL OR s.recipient_member_id = the_member)))
            OR EXISTS (
            SELECT FROM information_request q WHERE q.record_id = the_record AND q.asked_at <= the_moment
            AND (q.agency_id = the_agency AND q.function = the_function
                 OR q.addressee_agency_id = the_agency AND q.addressee_function = the_function
                    AND EXISTS (SELECT FROM involvement i WHERE i.id = q.involvement_id AND i.until_at > the_moment))))
$$;

-- The actor's own involvements in a record, and since when it is theirs to work on; for the gatekeeper's own use.
CREATE OR REPLACE FUNCTION my_ways(the_record uuid, the_involvements uuid[]) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'relation', i.relation, 'since', i.from_at, 'assigned_since', a.since, 'team', a.team)
               ORDER BY i.from_at, i.id), '[]')
    FROM involvement i
    CROSS JOIN LATERAL (
        SELECT min(x.from_at) AS since,
               CASE WHEN NOT bool_or(x.member_id IS NOT DISTINCT FROM my_member()) THEN min(t.name) END AS team
        FROM assignment x LEFT JOIN team t ON t.id = x.team_id
        WHERE x.involvement_id = i.id AND (x.until_at IS NULL OR x.until_at > moment())
          AND (x.member_id = my_member()
               OR EXISTS (SELECT FROM my_charge() c WHERE c.team_id = x.team_id OR c.member_id = x.member_id))
    ) a
    WHERE i.record_id = the_record AND i.id = ANY (the_involvements)
$$;

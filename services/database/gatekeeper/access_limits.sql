-- Who must not know of a record: bars against a person or an agency, and restriction to named readers. Both take effect at
-- once by one person; a bar ends by two, because that lets somebody in.

-- In whose hands it is: an approver of the agency that leads the record today, as the policy says; and for people of their
-- own agency its governance officers. Whoever is barred keeps nothing, and knows of nothing.
CREATE OR REPLACE FUNCTION keeps_access(the_record uuid, the_act text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN my_function() = 'information_governance'
        THEN may_begin(the_act) AND concerns_us(the_record, my_member(), my_agency())
        ELSE leads(the_record, my_agency()) AND may(the_record, 'core', the_act) END
$$;

-- A bar is in the hands of the agency whose person it keeps out, or, where it keeps out an agency, of the lead.
CREATE OR REPLACE FUNCTION in_our_hands(the_bar access_bar, the_agency uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN the_bar.agency_id IS NOT NULL THEN leads(the_bar.record_id, the_agency)
        ELSE EXISTS (SELECT FROM member m WHERE m.id = the_bar.member_id AND m.agency_id = the_agency) END
$$;

-- The lines of an act on who may know of a record. Where the actor sees the record, admit() wrote the first.
CREATE OR REPLACE FUNCTION write_limit(
    the_record uuid, the_act text, the_verdict text, the_subject uuid, the_after jsonb, the_reason text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me constant session := live_session();
BEGIN
    IF NOT doing(the_record, the_act) THEN
        INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, record_id,
                                   rules, policy_version)
        SELECT moment(), me.id, me.member_id, me.agency_id, me.function, my_access_level(), the_act,
               CASE WHEN leads(the_record, me.agency_id) THEN 'viewed' ELSE 'disclosed' END, the_record,
               beginning_rules(the_act), current_policy();
    END IF;
    PERFORM write_administration(the_act, the_verdict, me.agency_id, the_subject, NULL, NULL, the_after || jsonb_build_object(
        'record', (SELECT r.reference FROM record r WHERE r.id = the_record)), the_reason);
END $$;

-- Nobody's case is left to nobody: an involvement of which no named person is left goes to the managers of its teams, or
-- where there are none to their members; unless the record is restricted, to the intake team.
CREATE OR REPLACE FUNCTION leave_no_empty_chair(the_record uuid, the_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    is_restricted constant boolean := (SELECT r.restricted FROM record r WHERE r.id = the_record);
BEGIN
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, team_id, reason, given_by, from_at)
    SELECT the_record, i.id, i.agency_id, i.function, t.id, the_reason, my_member(), moment()
    FROM involvement i JOIN team t ON t.agency_id = i.agency_id AND t.function = i.function AND t.is_intake
    WHERE i.record_id = the_record AND i.until_at IS NULL
      AND NOT EXISTS (SELECT FROM assignment a WHERE a.involvement_id = i.id AND a.until_at IS NULL);
    IF NOT is_restricted THEN
        RETURN;
    END IF;
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
    SELECT DISTINCT the_record, i.id, i.agency_id, i.function, tm.member_id, the_reason, my_member(), moment()
    FROM involvement i
    JOIN assignment given ON given.involvement_id = i.id AND given.until_at IS NULL AND given.team_id IS NOT NULL
    JOIN team_membership tm ON tm.team_id = given.team_id AND tm.from_at <= moment()
         AND (tm.until_at IS NULL OR tm.until_at > moment()) AND acts_in(tm.member_id, i.function)
    WHERE i.record_id = the_record AND i.until_at IS NULL AND NOT barred(the_record, tm.member_id, i.agency_id)
      AND (tm.standing = 'manager' OR NOT EXISTS (
            SELECT FROM team_membership x WHERE x.team_id = given.team_id AND manages(x.member_id, given.team_id)
              AND NOT barred(the_record, x.member_id, i.agency_id)))
      AND NOT EXISTS (SELECT FROM assignment a WHERE a.involvement_id = i.id AND a.until_at IS NULL
                      AND acts_in(a.member_id, i.function) AND NOT barred(the_record, a.member_id, i.agency_id));
END $$;

CREATE OR REPLACE FUNCTION bar_problem(the_record uuid, the_member uuid, the_agency uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN the_member = my_member() THEN 'yourself'
        WHEN the_agency = my_agency() THEN 'own_agency'
        WHEN the_member IS NOT NULL AND NOT EXISTS (
            SELECT FROM member m WHERE m.id = the_member AND m.agency_id = my_agency() AND NOT m.is_service)
            THEN 'not_your_person'
        WHEN the_agency IS NOT NULL AND NOT EXISTS (SELECT FROM agency a WHERE a.id = the_agency) THEN 'no_agency'
        WHEN the_agency IS NOT NULL AND NOT leads(the_record, my_agency()) THEN 'not_the_lead'
        WHEN EXISTS (SELECT FROM access_bar b WHERE b.record_id = the_record
                     AND (b.member_id = the_member OR b.agency_id = the_agency)
                     AND b.from_at <= moment() AND (b.until_at IS NULL OR b.until_at > moment())) THEN 'barred_already'
    END
$$;

CREATE OR REPLACE FUNCTION set_bar(the_lookup text, the_member uuid, the_agency uuid, the_reason text)
RETURNS TABLE (id uuid, problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    the_record constant uuid := (record_ids(ARRAY[the_lookup]))[1];
    wrong text;
    made uuid;
BEGIN
    wrong := coalesce(CASE WHEN NOT coalesce(keeps_access(the_record, 'bar.set'), false) THEN 'not_in_your_hands' END,
                      bar_problem(the_record, the_member, the_agency));
    IF wrong IS NULL THEN
        PERFORM change_of_access(the_record);  -- whoever writes now is waited for, and of two bars the second begins again
        INSERT INTO access_bar (record_id, member_id, agency_id, reason, given_by, from_at)
        VALUES (the_record, the_member, the_agency, the_reason, my_member(), moment()) RETURNING access_bar.id INTO made;
        UPDATE assignment SET until_at = moment()
        WHERE record_id = the_record AND member_id = the_member AND until_at IS NULL;
        PERFORM leave_no_empty_chair(the_record, 'Somebody may not know of it');
        PERFORM write_limit(the_record, 'bar.set', 'done', the_member, jsonb_build_object(
            'agency', (SELECT a.name FROM agency a WHERE a.id = the_agency)), the_reason);
    END IF;
    RETURN QUERY SELECT made, wrong;
END $$;

-- The first who asks says why; the second, somebody else, ends it. An old wish is made anew.
CREATE OR REPLACE FUNCTION end_bar(the_lookup text, the_bar uuid, the_reason text) RETURNS TABLE (id uuid, problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    the_record constant uuid := (record_ids(ARRAY[the_lookup]))[1];
    bar access_bar;
    wrong text;
BEGIN
    SELECT b.* INTO bar FROM access_bar b WHERE b.id = the_bar AND b.record_id = the_record;
    wrong := CASE
        WHEN NOT coalesce(keeps_access(the_record, 'bar.end'), false) THEN 'not_in_your_hands'
        WHEN bar.id IS NULL OR NOT in_our_hands(bar, my_agency()) THEN 'unknown'
        WHEN bar.until_at <= moment() THEN 'ended_already'
        WHEN bar.end_proposed_by = my_member() AND bar.end_proposed_at > moment() - interval '14 days' THEN 'second_person'
    END;
    IF wrong IS NULL THEN
        PERFORM change_of_access(the_record);
    END IF;
    IF wrong IS NULL AND bar.end_proposed_at > moment() - interval '14 days' THEN
        UPDATE access_bar b SET until_at = moment(), ended_by = my_member() WHERE b.id = bar.id;
        PERFORM write_limit(the_record, 'bar.end', 'done', bar.member_id, '{}', the_reason);
    ELSIF wrong IS NULL THEN
        UPDATE access_bar b SET end_proposed_by = my_member(), end_proposed_at = moment(), end_reason = the_reason
        WHERE b.id = bar.id;
        PERFORM write_limit(the_record, 'bar.end', 'done', bar.member_id, '{"state": "proposed"}', the_reason);
    END IF;
    RETURN QUERY SELECT CASE WHEN wrong IS NULL THEN bar.id END, wrong;
END $$;

-- Known to its named readers only, from now on; whoever restricts it is one of them.
CREATE OR REPLACE FUNCTION set_restricted(the_lookup text, to_be boolean, the_reason text)
RETURNS TABLE (id uuid, problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    the_record constant uuid := (record_ids(ARRAY[the_lookup]))[1];
    act constant text := CASE WHEN to_be THEN 'record.restrict' ELSE 'restriction.lift' END;
    wrong text;
BEGIN
    wrong := CASE WHEN NOT doing(the_record, act) OR NOT leads(the_record, my_agency()) THEN 'not_in_your_hands'
                  WHEN (SELECT r.restricted FROM record r WHERE r.id = the_record) = to_be THEN 'so_already' END;
    IF wrong IS NULL THEN
        PERFORM change_of_access(the_record);
        INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
        SELECT the_record, s.involvement_id, my_agency(), my_function(), my_member(), the_reason, my_member(), moment()
        FROM standing(ARRAY[the_record]) s WHERE to_be AND NOT EXISTS (
            SELECT FROM assignment a WHERE a.involvement_id = s.involvement_id AND a.until_at IS NULL
              AND a.member_id = my_member());
        UPDATE record r SET restricted = to_be WHERE r.id = the_record;
        PERFORM leave_no_empty_chair(the_record, 'Restricted to named readers');
        PERFORM write_limit(the_record, act, 'done', NULL, '{}', the_reason);
    END IF;
    RETURN QUERY SELECT CASE WHEN wrong IS NULL THEN the_record END, wrong;
END $$;

-- What limits a record, for who keeps it; the look is a line. No row: not theirs to know, or no such record.
CREATE OR REPLACE FUNCTION access_limits(the_lookup text) RETURNS TABLE (reference text, restricted boolean, bars jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    me constant session := live_session();
    the_record constant uuid := (record_ids(ARRAY[the_lookup]))[1];
    is_ours constant boolean := coalesce(keeps_access(the_record, 'bar.set'), false);
BEGIN
    INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, record_id,
                               policy_version)
    SELECT moment(), me.id, me.member_id, me.agency_id, me.function, my_access_level(), 'limits.read',
           CASE WHEN NOT is_ours THEN 'refused' WHEN leads(the_record, me.agency_id) THEN 'viewed' ELSE 'disclosed' END,
           the_record, current_policy()
    WHERE me.id IS NOT NULL;
    RETURN QUERY
    SELECT r.reference, r.restricted, coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'id', b.id, 'person', m.display_name, 'agency', a.name, 'reason', b.reason, 'set_by', g.display_name,
            'from', in_utc(b.from_at), 'until', in_utc(b.until_at), 'end_proposed_by', p.display_name,
            'end_proposed_at', in_utc(b.end_proposed_at), 'end_reason', b.end_reason, 'ended_by', e.display_name)
            ORDER BY b.from_at, b.id)
        FROM access_bar b LEFT JOIN member m ON m.id = b.member_id LEFT JOIN agency a ON a.id = b.agency_id
        LEFT JOIN member g ON g.id = b.given_by AND g.agency_id = me.agency_id
        LEFT JOIN member p ON p.id = b.end_proposed_by AND p.agency_id = me.agency_id
        LEFT JOIN member e ON e.id = b.ended_by AND e.agency_id = me.agency_id
        WHERE b.record_id = r.id AND in_our_hands(b, me.agency_id)), '[]')
    FROM record r WHERE r.id = the_record AND is_ours;
END $$;

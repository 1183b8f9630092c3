-- Shares: an involvement that an agency gives, with a scope, an end and its reasons. What may be shared with whom the
-- policy says twice: the giver must see the group whole and be one who writes it, and the recipient's function must be
-- let in by a rule of the relation that the share gives.

-- Whether a function may read a group of this record through a relation that is about to be given.
CREATE OR REPLACE FUNCTION may_receive(the_record uuid, the_function text, the_relation text, the_group text)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(bool_or(g.effect = 'allow') AND NOT bool_or(g.effect = 'deny'), false) FROM policy_grant g
    WHERE g.policy_version = current_policy() AND g.function = the_function AND g.relation = the_relation
      AND g.access_level = 'practitioner' AND g.data_group = the_group AND g.action = 'see'
      AND g.case_class = ANY (case_classes(the_record, london_today()))
$$;

-- The groups that are the actor's to share, with the version they hold (0: nothing is recorded) and whether they see
-- what comes after it. What was shared with them they pass on to nobody.
CREATE OR REPLACE FUNCTION held(the_record uuid) RETURNS TABLE (data_group text, version integer, is_live boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH mine AS MATERIALIZED (SELECT * FROM cells(ARRAY(
        SELECT s FROM standing(ARRAY[the_record]) s WHERE s.relation NOT IN ('recipient', 'requested'))) c WHERE c.allowed)
    SELECT seen.data_group,
           coalesce(seen.pin, (SELECT max(g.version) FROM group_content g
                               WHERE g.record_id = the_record AND g.data_group = seen.data_group), 0),
           seen.pin IS NULL
    FROM mine seen
    WHERE seen.action = 'see' AND (seen.live OR seen.pin IS NOT NULL) AND seen.data_group NOT IN ('core', 'clocks')
      AND EXISTS (SELECT FROM mine writes WHERE writes.action = 'record' AND writes.data_group = seen.data_group)
$$;

-- What stands against giving these groups, each with its place in the list: [{"group", "live"}, …].
CREATE OR REPLACE FUNCTION share_problems(
    the_record uuid, the_function text, the_relation text, the_groups jsonb)
RETURNS TABLE (place integer, problem text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT wanted.place::integer - 1, CASE
        WHEN h.data_group IS NULL THEN 'not_yours'
        WHEN NOT may_receive(the_record, the_function, the_relation, h.data_group) THEN 'not_for_them'
        WHEN (wanted.one ->> 'live')::boolean AND NOT h.is_live THEN 'one_version_only'
        WHEN NOT (wanted.one ->> 'live')::boolean AND h.version = 0 THEN 'nothing_recorded'
    END
    FROM jsonb_array_elements(the_groups) WITH ORDINALITY AS wanted (one, place)
    LEFT JOIN held(the_record) h ON h.data_group = wanted.one ->> 'group'
    WHERE doing(the_record, NULL)
$$;

-- Whose work address this is, at an agency that does this today; null: nobody's.
CREATE OR REPLACE FUNCTION recipient_member(the_agency uuid, the_function text, the_address text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT m.id FROM member m
    WHERE m.agency_id = the_agency AND lower(m.email) = lower(the_address) AND acts_in(m.id, the_function)
      AND my_session() IS NOT NULL
    ORDER BY m.id LIMIT 1
$$;

CREATE OR REPLACE FUNCTION works_here(the_agency uuid, the_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM agency a JOIN agency_function f ON f.agency_id = a.id
        WHERE a.id = the_agency AND a.on_platform AND f.function = the_function AND is_live(f.valid_from, f.valid_until)
          AND is_live(a.valid_from, a.valid_until))
$$;

-- The instant at which a London day is over.
CREATE OR REPLACE FUNCTION end_of_day(the_day date) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT (the_day + 1)::timestamp AT TIME ZONE 'Europe/London' $$;

-- Who of an agency works on what comes to it: the named person, else who has the record there, else the intake team.
-- Whoever has nothing of it but a request to answer does not have the record.
CREATE OR REPLACE FUNCTION who_gets(the_record uuid, the_agency uuid, the_function text, the_member uuid)
RETURNS TABLE (member_id uuid, team_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH there AS (
        SELECT DISTINCT a.member_id, a.team_id FROM assignment a JOIN involvement i ON i.id = a.involvement_id
             AND (i.until_at IS NULL OR i.until_at > moment()) AND i.named_member_id IS NULL AND i.relation <> 'requested'
        WHERE a.record_id = the_record AND a.agency_id = the_agency AND a.function = the_function AND a.until_at IS NULL
          AND the_member IS NULL
    )
    SELECT the_member, NULL::uuid WHERE the_member IS NOT NULL
    UNION ALL SELECT * FROM there
    UNION ALL SELECT NULL, intake_team(the_agency, the_function)
    WHERE the_member IS NULL AND NOT EXISTS (SELECT FROM there) AND intake_team(the_agency, the_function) IS NOT NULL
$$;

-- An involvement that ends by itself and reaches only what is named. For functions that have checked the giver.
CREATE OR REPLACE FUNCTION add_scoped_involvement(
    the_record uuid, the_agency uuid, the_function text, the_member uuid, the_relation text, the_purpose text,
    the_lawful_basis text, the_source text, the_end timestamptz, the_groups jsonb)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    involved uuid;
BEGIN
    INSERT INTO involvement (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source,
                             given_by, from_at, until_at, record_open, named_member_id)
    SELECT r.id, r.kind, the_agency, the_function, the_relation, the_purpose, the_lawful_basis, the_source, my_member(),
           moment(), the_end, NOT EXISTS (SELECT FROM involvement i WHERE i.record_id = r.id AND NOT i.record_open),
           the_member
    FROM record r WHERE r.id = the_record RETURNING id INTO involved;
    INSERT INTO involvement_scope (involvement_id, data_group, pinned_version, recorded_at)
    SELECT involved, 'information_requests', NULL, moment()
    UNION ALL
    SELECT involved, h.data_group, CASE WHEN (g.one ->> 'live')::boolean THEN NULL ELSE h.version END, moment()
    FROM jsonb_array_elements(the_groups) AS g (one) JOIN held(the_record) h ON h.data_group = g.one ->> 'group';
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, team_id, reason, given_by, from_at)
    SELECT the_record, involved, the_agency, the_function, w.member_id, w.team_id, 'Came from another agency',
           my_member(), moment()
    FROM who_gets(the_record, the_agency, the_function, the_member) w;
    PERFORM change_of_access(the_record);
    RETURN involved;
END $$;

-- A decision about sharing, to share or not; `said` holds everything that was checked before. The id of the share.
CREATE OR REPLACE FUNCTION decide_share(the_record uuid, is_given boolean, said jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me constant session := live_session();
    to_agency constant uuid := (said ->> 'agency')::uuid;
    to_function constant text := said ->> 'function';
    to_member constant uuid := (said ->> 'member')::uuid;
    involved uuid;
    decided uuid;
BEGIN
    IF NOT (doing(the_record, 'share.give') OR doing(the_record, 'request.answer') AND is_given)
       OR NOT works_here(to_agency, to_function) OR (to_agency, to_function) = (me.agency_id, me.function)
       OR to_member IS NOT NULL AND NOT EXISTS (
            SELECT FROM member m WHERE m.id = to_member AND m.agency_id = to_agency AND acts_in(m.id, to_function))
       OR is_given AND ((said ->> 'ends_on')::date < london_today() OR jsonb_array_length(said -> 'groups') = 0
            OR EXISTS (SELECT FROM share_problems(the_record, to_function, 'recipient', said -> 'groups') p
                       WHERE p.problem IS NOT NULL)) THEN
        RAISE EXCEPTION 'not allowed to share this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF is_given THEN
        involved := add_scoped_involvement(the_record, to_agency, to_function, to_member, 'recipient', said ->> 'purpose',
            said ->> 'article_6', 'share.give', end_of_day((said ->> 'ends_on')::date), said -> 'groups');
    END IF;
    INSERT INTO share (record_id, given_by, agency_id, function, recipient_agency_id, recipient_function,
        recipient_member_id, involvement_id, purpose, article_6, condition, power, words, conditions, ends_on, decided_at)
    VALUES (the_record, me.member_id, me.agency_id, me.function, to_agency, to_function, to_member, involved,
        said ->> 'purpose', said ->> 'article_6', said ->> 'condition', said ->> 'power',
        ARRAY(SELECT jsonb_array_elements_text(said -> 'words')), said ->> 'conditions', (said ->> 'ends_on')::date,
        moment())
    RETURNING id INTO decided;
    INSERT INTO share_group (share_id, data_group, pinned_version)
    SELECT decided, g.one ->> 'group', s.pinned_version FROM jsonb_array_elements(said -> 'groups') AS g (one)
    LEFT JOIN involvement_scope s ON s.involvement_id = involved AND s.data_group = g.one ->> 'group';
    INSERT INTO share_reason (share_id, statements, consent_asked, consent_given, without_consent, risks)
    VALUES (decided, said -> 'statements', (said ->> 'consent_asked')::boolean, (said ->> 'consent_given')::boolean,
            said ->> 'without_consent', said ->> 'risks');
    RETURN decided;
END $$;

-- The record of a share that the actor's agency gave in this function; null for everybody else.
CREATE OR REPLACE FUNCTION record_of_share(the_share uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT s.record_id FROM share s WHERE s.id = the_share AND s.agency_id = my_agency() AND s.function = my_function()
$$;

-- Ends a share at once. False: there is none to end any more.
CREATE OR REPLACE FUNCTION end_share(the_share uuid, the_reason text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    the_record constant uuid := record_of_share(the_share);
BEGIN
    IF the_record IS NULL OR NOT doing(the_record, 'share.end') THEN
        RAISE EXCEPTION 'not allowed to end this share' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN close_share(the_share, the_reason);
END $$;

-- For functions that have checked who ends it.
CREATE OR REPLACE FUNCTION close_share(the_share uuid, the_reason text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    ended share;
BEGIN
    UPDATE involvement i SET until_at = moment() FROM share s
    WHERE s.id = the_share AND i.id = s.involvement_id AND i.until_at > moment();
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE share SET ended_at = moment(), ended_by = my_member(), end_reason = the_reason WHERE id = the_share
    RETURNING * INTO ended;
    PERFORM change_of_access(ended.record_id);
    RETURN true;
END $$;

-- Whoever leaves, or leaves one function, takes nothing along: what was shared with them by name ends, and goes to nobody.
CREATE OR REPLACE FUNCTION end_named_shares(leaver uuid, of_function text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT close_share(s.id, 'The person it was given to left.') FROM share s
    WHERE s.recipient_member_id = leaver AND (of_function IS NULL OR s.recipient_function = of_function)
    ORDER BY s.record_id, s.id
$$;

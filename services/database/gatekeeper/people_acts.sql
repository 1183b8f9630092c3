-- Administering people and agencies. What widens access is proposed by one administrator and approved by another; what
-- narrows it takes effect at once by one. Nobody administers themselves. Every act is a line with before and after.

-- The same text whatever the server's own time zone is.
CREATE OR REPLACE FUNCTION in_utc(the_moment timestamptz) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT to_char(the_moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') $$;

CREATE OR REPLACE FUNCTION member_state(the_member uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT jsonb_build_object(
        'name', m.display_name, 'email', m.email, 'subject', m.subject,
        'provider', (SELECT p.slug FROM provider p WHERE p.id = m.provider_id),
        'functions', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'function', mf.function, 'access_level', mf.access_level, 'from', mf.valid_from,
                'until', mf.valid_until, 'ended_at', in_utc(mf.ended_at)) ORDER BY mf.function, mf.valid_from, mf.ended_at), '[]')
            FROM member_function mf WHERE mf.member_id = m.id),
        'teams', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'team', t.name, 'function', t.function, 'standing', tm.standing, 'from', in_utc(tm.from_at),
                'until', in_utc(tm.until_at))
                ORDER BY t.function, t.name, tm.from_at), '[]')
            FROM team_membership tm JOIN team t ON t.id = tm.team_id WHERE tm.member_id = m.id),
        'training', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'kind', tr.kind, 'on', tr.completed_on, 'expires', tr.expires_on) ORDER BY tr.completed_on, tr.id), '[]')
            FROM training tr WHERE tr.member_id = m.id),
        'planned_ends', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'function', coalesce(pe.function, 'everything'), 'on', pe.ends_on) ORDER BY pe.function NULLS FIRST), '[]')
            FROM planned_end pe WHERE pe.member_id = m.id AND pe.settled_at IS NULL))
    FROM member m WHERE m.id = the_member
$$;

CREATE OR REPLACE FUNCTION agency_state(the_agency uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT jsonb_build_object(
        'name', a.name, 'code', a.code, 'on_platform', a.on_platform,
        'functions', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'function', af.function, 'nations', array_to_string(af.nations, ' and '), 'from', af.valid_from, 'until', af.valid_until, 'ended_at', in_utc(af.ended_at))
                ORDER BY af.function, af.valid_from), '[]')
            FROM agency_function af WHERE af.agency_id = a.id),
        'providers', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'slug', p.slug, 'issuer', p.issuer, 'client_id', p.client_id, 'step_up_acr', p.step_up_acr,
                'secret', 'secret ' || left(encode(sha256(p.client_secret::bytea), 'hex'), 8),
                'ended_at', in_utc(p.closed_at)) ORDER BY p.slug), '[]')
            FROM provider p WHERE p.agency_id = a.id),
        'teams', (SELECT coalesce(jsonb_agg(jsonb_build_object('team', t.name, 'function', t.function)
                ORDER BY t.function, t.name), '[]')
            FROM team t WHERE t.agency_id = a.id),
        'machine_clients', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'name', c.name, 'purpose', c.purpose, 'function', c.function, 'operations', c.operations, 'from', c.valid_from,
                'until', c.valid_until, 'ended_at', in_utc(c.ended_at), 'keys', keys_told(c.id),
                'issued_by', (SELECT p.slug || ' to ' || c.issued_client FROM provider p WHERE p.id = c.provider_id))
                ORDER BY c.registered_at, c.id), '[]')
            FROM machine_client c WHERE c.agency_id = a.id))
    FROM agency a WHERE a.id = the_agency
$$;

CREATE OR REPLACE FUNCTION state_of(the_subject uuid, the_agency uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT CASE WHEN the_subject IS NULL THEN agency_state(the_agency) ELSE member_state(the_subject) END $$;

-- The line of an act, in the name of whoever has the session; for the gatekeeper's own use.
CREATE OR REPLACE FUNCTION write_administration(
    the_act text, the_verdict text, the_agency uuid, the_subject uuid, the_proposal uuid, the_before jsonb,
    the_after jsonb, the_reason text)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO administrative_record (at, session_id, member_id, actor_agency_id, function, agency_id, act, verdict,
                                       subject_id, proposal_id, before, after, reason)
    SELECT moment(), me.id, me.member_id, me.agency_id, me.function, the_agency, the_act, the_verdict,
           the_subject, the_proposal, the_before, the_after, the_reason
    FROM live_session() me WHERE me.id IS NOT NULL
$$;

-- An act that was refused or undone leaves its line, and nothing of what it said.
CREATE OR REPLACE FUNCTION refuse_administration(the_act text, the_subject uuid, the_code text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT write_administration(the_act, 'refused', my_agency(), (
        SELECT m.id FROM member m WHERE m.id = the_subject AND m.agency_id = my_agency()), NULL, NULL, NULL, the_code)
$$;

-- ── Two people ───────────────────────────────────────────────────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION propose(the_act text, the_agency uuid, the_content jsonb, the_reason text)
RETURNS TABLE (id uuid, problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    for_agency uuid := CASE WHEN is_of_platform(the_act) THEN the_agency ELSE my_agency() END;
    about uuid := (the_content ->> 'member')::uuid;
    wrong text := coalesce(caller_problem(the_act), freshness_problem(the_act));
    made uuid;
BEGIN
    wrong := coalesce(wrong, change_problem(the_act, for_agency, the_content, my_member()));
    IF wrong IS NULL THEN
        INSERT INTO administrative_proposal (act, agency_id, subject_id, content, reason, proposed_by, proposed_at, expires_at)
        VALUES (the_act, for_agency, about, the_content, the_reason, my_member(), moment(), moment() + interval '14 days')
        RETURNING administrative_proposal.id INTO made;
        PERFORM write_administration('proposal.make', 'done', for_agency, about, made, NULL,
                                     jsonb_build_object('act', the_act, 'change', the_content), the_reason);
    END IF;
    RETURN QUERY SELECT made, wrong;
END $$;

-- The time a change begins is never before it was approved: nobody had yesterday what was given today.
CREATE OR REPLACE FUNCTION as_of_today(the_content jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN the_content ? 'from'
        THEN the_content || jsonb_build_object('from', greatest((the_content ->> 'from')::date, london_today()))
        ELSE the_content END
$$;

-- Whether the proposal is open to the caller's decision; one they may not know of is unknown.
CREATE OR REPLACE FUNCTION decision_problem(the_proposal administrative_proposal) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN coalesce(my_access_level() <> 'administrator', true) THEN 'not_an_administrator'
        WHEN the_proposal.id IS NULL OR caller_problem(the_proposal.act) IS NOT NULL
             OR NOT is_of_platform(the_proposal.act) AND the_proposal.agency_id <> my_agency() THEN 'unknown'
        WHEN the_proposal.outcome IS NOT NULL THEN 'decided_already'
        WHEN the_proposal.subject_id = my_member() THEN 'for_yourself'
        WHEN the_proposal.expires_at <= moment() THEN 'expired'
    END
$$;

CREATE OR REPLACE FUNCTION approval_problem(the_proposal administrative_proposal) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN the_proposal.proposed_by = my_member() THEN 'own_proposal'
        WHEN freshness_problem(the_proposal.act) IS NOT NULL THEN freshness_problem(the_proposal.act)
        WHEN NOT is_administrator(the_proposal.proposed_by,
                CASE WHEN NOT is_of_platform(the_proposal.act) THEN the_proposal.agency_id END,
                CASE WHEN is_of_platform(the_proposal.act) THEN 'platform_operation' END) THEN 'proposer_left'
        ELSE change_problem(the_proposal.act, the_proposal.agency_id, as_of_today(the_proposal.content),
                            the_proposal.proposed_by)
    END
$$;

CREATE OR REPLACE FUNCTION decide_proposal(the_id uuid, the_outcome text, the_reason text)
RETURNS TABLE (id uuid, problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    proposal administrative_proposal;
    wrong text;
    earlier jsonb;
    about uuid;
BEGIN
    SELECT p.* INTO proposal FROM administrative_proposal p WHERE p.id = the_id;
    wrong := decision_problem(proposal);
    IF wrong IS NULL THEN  -- nobody waits for a proposal that is not theirs to decide; two who decide at once meet here
        PERFORM FROM administrative_proposal p WHERE p.id = the_id FOR UPDATE;
    END IF;
    IF wrong IS NULL AND the_outcome = 'approved' THEN
        wrong := approval_problem(proposal);
    ELSIF wrong IS NULL AND (the_outcome = 'withdrawn') <> (proposal.proposed_by = my_member()) THEN
        wrong := 'own_proposal';
    END IF;
    IF wrong IS NOT NULL THEN
        RETURN QUERY SELECT NULL::uuid, wrong;
        RETURN;
    END IF;
    about := proposal.subject_id;
    earlier := state_of(about, proposal.agency_id);
    IF the_outcome = 'approved' THEN
        about := coalesce(apply_change(proposal.act, proposal.agency_id, as_of_today(proposal.content), proposal.id), about);
    END IF;
    UPDATE administrative_proposal p SET outcome = the_outcome, decided_by = my_member(), decided_at = moment(),
        decision_reason = nullif(the_reason, '') WHERE p.id = proposal.id;
    PERFORM write_administration(
        CASE the_outcome WHEN 'approved' THEN proposal.act ELSE 'proposal.' || the_outcome END, 'done',
        coalesce(proposal.agency_id, (SELECT a.id FROM agency a WHERE a.code = proposal.content ->> 'code')), about,
        proposal.id, CASE WHEN about IS NOT DISTINCT FROM proposal.subject_id THEN earlier END,
        CASE WHEN the_outcome = 'approved' AND proposal.act = 'regime_row.enter' THEN proposal.content
             WHEN the_outcome = 'approved' THEN state_of(about, coalesce(
            proposal.agency_id, (SELECT a.id FROM agency a WHERE a.code = proposal.content ->> 'code'))) END,
        coalesce(nullif(the_reason, ''), proposal.reason));
    RETURN QUERY SELECT proposal.id, NULL::text;
END $$;

-- ── One person: what takes access away, and what gives none ──────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION single_problem(the_act text, the_agency uuid, the_content jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN the_content ? 'member' AND NOT EXISTS (
            SELECT FROM member m WHERE m.id = (the_content ->> 'member')::uuid AND m.agency_id = the_agency AND NOT m.is_service)
            THEN 'unknown'
        WHEN (the_content ->> 'member')::uuid = my_member() THEN 'for_yourself'
        WHEN (the_content ->> 'on')::date < london_today() THEN 'begins_in_the_past'
        WHEN (the_content ->> 'completed_on')::date > london_today() THEN 'not_yet'
        WHEN (the_content ->> 'expires_on')::date <= (the_content ->> 'completed_on')::date THEN 'ends_before_it_begins'
        WHEN the_act IN ('function.end', 'level.lower') AND NOT EXISTS (
            SELECT FROM member_function mf WHERE mf.member_id = (the_content ->> 'member')::uuid
              AND mf.function = the_content ->> 'function'
              AND (mf.valid_until IS NULL OR mf.valid_until > coalesce((the_content ->> 'on')::date, london_today()))
              AND (the_act = 'function.end'
                   OR mf.access_level = 'approver' AND is_live(mf.valid_from, mf.valid_until))) THEN 'not_held'
        WHEN the_act IN ('function.end', 'level.lower', 'team.leave', 'training.record', 'email.set')
             AND NOT the_content ? 'member' THEN 'unknown'
        WHEN the_act = 'team.leave' AND NOT EXISTS (
            SELECT FROM team_membership tm JOIN team t ON t.id = tm.team_id AND t.agency_id = the_agency
            WHERE tm.team_id = (the_content ->> 'team')::uuid AND tm.member_id = (the_content ->> 'member')::uuid
              AND (tm.until_at IS NULL OR tm.until_at > moment())) THEN 'not_held'
        WHEN the_act = 'agency_function.end' AND (the_content ->> 'function' = 'platform_operation' OR NOT EXISTS (
            SELECT FROM agency_function af WHERE af.agency_id = the_agency AND af.function = the_content ->> 'function'
              AND (af.valid_until IS NULL OR af.valid_until > coalesce((the_content ->> 'on')::date, london_today()))))
            THEN 'not_held'
        WHEN the_act = 'machine_client.end' AND NOT EXISTS (
            SELECT FROM machine_client c
            WHERE c.id = (the_content ->> 'client')::uuid AND c.agency_id = the_agency AND c.ended_at IS NULL) THEN 'unknown'
        WHEN the_act = 'machine_key.retire' AND NOT may_retire_key(the_agency, the_content) THEN 'unknown'
        WHEN the_act IN ('provider.close', 'provider_secret.set') THEN provider_problem(the_act, the_agency, the_content)
        WHEN the_act = 'team.create' AND NOT EXISTS (
            SELECT FROM agency_function af WHERE af.agency_id = the_agency AND af.function = the_content ->> 'function'
              AND is_live(af.valid_from, af.valid_until)) THEN 'agency_has_no_such_function'
        WHEN the_act = 'team.create' AND EXISTS (
            SELECT FROM team t WHERE t.agency_id = the_agency AND t.function = the_content ->> 'function'
              AND t.name = the_content ->> 'name') THEN 'added_already'
    END
$$;

-- One administrator's own act. `the_agency` counts for the platform's acts only.
CREATE OR REPLACE FUNCTION administer(the_act text, the_agency uuid, the_content jsonb, the_reason text)
RETURNS TABLE (id uuid, problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    for_agency uuid := CASE WHEN is_of_platform(the_act) THEN the_agency
                            WHEN the_act IN ('provider.close', 'provider_secret.set') THEN agency_of_provider_act(the_agency)
                            ELSE my_agency() END;
    about uuid := (the_content ->> 'member')::uuid;
    wrong text := coalesce(caller_problem(the_act), freshness_problem(the_act));
    earlier jsonb;
    made uuid;
BEGIN
    wrong := coalesce(wrong, single_problem(the_act, for_agency, the_content));
    IF wrong IS NULL THEN
        wrong := CASE the_act WHEN 'function.end' THEN function_end_problem(the_content)
                              WHEN 'team.leave' THEN team_leave_problem(about, (the_content ->> 'team')::uuid)
                              WHEN 'agency_function.end' THEN agency_function_end_problem(for_agency, the_content) END;
    END IF;
    IF wrong IS NULL THEN
        earlier := state_of(about, for_agency);
        made := apply_single(the_act, for_agency, the_content || jsonb_build_object('reason', the_reason));
        PERFORM write_administration(the_act, 'done', for_agency, about, NULL, earlier, state_of(about, for_agency)
            || CASE WHEN the_act IN ('function.end', 'team.leave') THEN told_handover(about) ELSE '{}' END, the_reason);
    END IF;
    RETURN QUERY SELECT CASE WHEN wrong IS NULL THEN coalesce(made, about, for_agency) END, wrong;
END $$;

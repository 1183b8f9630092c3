-- What administrators read of their own agency. Reading is itself a line, written before anything is handed out.

-- The agency whose people the caller may read: their own. Governance officers read as administrators do.
CREATE OR REPLACE FUNCTION begin_administrative_reading(the_act text, the_subject uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_access_level() = 'administrator'
       OR my_function() = 'information_governance' AND the_act <> 'proposals.read' THEN
        PERFORM write_administration(the_act, 'read', my_agency(), (
            SELECT m.id FROM member m WHERE m.id = the_subject AND m.agency_id = my_agency()), NULL, NULL, NULL, NULL);
        RETURN my_agency();
    END IF;
    PERFORM refuse_administration(the_act, the_subject, 'not_an_administrator');
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION administered_people(after_name text, after_id uuid, how_many integer)
RETURNS TABLE (id uuid, name text, provider text, subject text, state jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    whose uuid := begin_administrative_reading('people.read', NULL);
BEGIN
    RETURN QUERY
    SELECT m.id, m.display_name, p.slug, m.subject, member_state(m.id)
    FROM member m JOIN provider p ON p.id = m.provider_id
    WHERE m.agency_id = whose AND (m.display_name, m.id) > (after_name, after_id)
    ORDER BY m.display_name, m.id LIMIT how_many;
END $$;

-- The agency's teams, who works in each today, and whether something waits for one in which nobody does.
CREATE OR REPLACE FUNCTION administered_teams()
RETURNS TABLE (id uuid, name text, function text, is_intake boolean, people text[], waits_for_nobody boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    whose uuid := begin_administrative_reading('teams.read', NULL);
BEGIN
    RETURN QUERY
    SELECT t.id, t.name, t.function, t.is_intake,
           ARRAY(SELECT m.display_name FROM member m WHERE m.agency_id = t.agency_id
                 AND works_in(m.id, t) ORDER BY m.display_name, m.id), waits_for_nobody(t)
    FROM team t WHERE t.agency_id = whose ORDER BY t.function, t.name;
END $$;

-- Who had which function on a day, from the dated rows; one that ended at once counts on the day it ended.
CREATE OR REPLACE FUNCTION functions_on(the_day date, the_member uuid)
RETURNS TABLE (member_id uuid, name text, function text, access_level text, valid_from date, valid_until date,
               ended_at timestamptz, agency_held boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    whose uuid := begin_administrative_reading('functions_on.read', the_member);
BEGIN
    RETURN QUERY
    SELECT m.id, m.display_name, mf.function, mf.access_level, mf.valid_from, mf.valid_until, mf.ended_at,
           EXISTS (SELECT FROM agency_function af WHERE af.agency_id = whose AND af.function = mf.function
                   AND was_held(af.valid_from, af.valid_until, af.ended_at, the_day))
    FROM member m JOIN member_function mf ON mf.member_id = m.id
    WHERE m.agency_id = whose AND (the_member IS NULL OR m.id = the_member)
      AND was_held(mf.valid_from, mf.valid_until, mf.ended_at, the_day)
    ORDER BY m.display_name, m.id, mf.function, mf.ended_at NULLS LAST;
END $$;

CREATE OR REPLACE FUNCTION was_held(the_from date, the_until date, the_end timestamptz, the_day date) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT the_from <= the_day AND (the_until IS NULL OR the_until > the_day
                                    OR coalesce((the_end AT TIME ZONE 'Europe/London')::date = the_day, false))
$$;

-- The caller's proposals: their own agency's, or the platform's; for the gatekeeper's own use.
CREATE OR REPLACE FUNCTION proposals_in_sight()
RETURNS TABLE (id uuid, act text, agency_id uuid, agency_name text, subject_id uuid, subject_name text, content jsonb,
               reason text, proposed_by uuid, proposed_by_name text, proposed_at timestamptz, expires_at timestamptz,
               state text, decided_by_name text, decided_at timestamptz, decision_reason text, mine_to_decide boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p.id, p.act, p.agency_id, a.name, p.subject_id, s.display_name,
           p.content || coalesce((SELECT jsonb_build_object('team_name', t.name) FROM team t
                                  WHERE t.id = (p.content ->> 'team')::uuid), '{}'),
           p.reason, p.proposed_by, b.display_name, p.proposed_at, p.expires_at,
           coalesce(p.outcome, CASE WHEN p.expires_at <= moment() THEN 'expired' ELSE 'open' END),
           d.display_name, p.decided_at, p.decision_reason,
           decision_problem(p) IS NULL AND p.proposed_by <> my_member()
    FROM administrative_proposal p JOIN member b ON b.id = p.proposed_by
    LEFT JOIN agency a ON a.id = p.agency_id LEFT JOIN member s ON s.id = p.subject_id LEFT JOIN member d ON d.id = p.decided_by
    WHERE my_access_level() = 'administrator'
      AND CASE WHEN is_of_platform(p.act) THEN operates_platform() ELSE p.agency_id = my_agency() END
$$;

-- Proposals the caller may decide on or has to know of, the newest first.
CREATE OR REPLACE FUNCTION administrative_proposals(only_open boolean, before_at timestamptz, before_id uuid, how_many integer)
RETURNS TABLE (id uuid, act text, agency_id uuid, agency_name text, subject_id uuid, subject_name text, content jsonb,
               reason text, proposed_by uuid, proposed_by_name text, proposed_at timestamptz, expires_at timestamptz,
               state text, decided_by_name text, decided_at timestamptz, decision_reason text, mine_to_decide boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM begin_administrative_reading('proposals.read', NULL);
    RETURN QUERY
    SELECT p.* FROM proposals_in_sight() p
    WHERE (NOT only_open OR p.state = 'open') AND (p.proposed_at, p.id) < (before_at, before_id)
    ORDER BY p.proposed_at DESC, p.id DESC LIMIT how_many;
END $$;

CREATE OR REPLACE FUNCTION is_about_a_record(the_act text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT the_act IN ('bar.set', 'bar.end', 'record.restrict', 'restriction.lift') $$;

-- The administrative ledger of one's own agency; the platform's administrators read that of every agency. A page goes on
-- after a line that is named by its id: its number counts the lines of all agencies, and even its length would tell.
DROP FUNCTION IF EXISTS administrative_ledger(bigint, integer);
CREATE OR REPLACE FUNCTION administrative_ledger(before_line uuid, how_many integer)
RETURNS TABLE (id uuid, at timestamptz, act text, verdict text, actor_id uuid, actor_name text,
               actor_agency text, agency_name text, subject_id uuid, subject_name text, proposal_id uuid, before jsonb,
               after jsonb, reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    whose uuid := begin_administrative_reading('administrative_ledger.read', NULL);
    of_platform boolean := operates_platform();
BEGIN
    RETURN QUERY
    SELECT r.id, r.at, r.act, r.verdict, r.member_id, m.display_name, o.name, a.name, r.subject_id,
           s.display_name, r.proposal_id, r.before, r.after, r.reason
    FROM administrative_record r JOIN member m ON m.id = r.member_id JOIN agency o ON o.id = r.actor_agency_id
    LEFT JOIN agency a ON a.id = r.agency_id LEFT JOIN member s ON s.id = r.subject_id
    WHERE (r.agency_id = whose OR of_platform) AND whose IS NOT NULL
      AND (before_line IS NULL
           OR r.sequence < (SELECT b.sequence FROM administrative_record b WHERE b.id = before_line))
      -- Who must not know of a record is for governance officers, and never for whom it is about.
      AND (NOT is_about_a_record(r.act)
           OR my_function() = 'information_governance' AND r.subject_id IS DISTINCT FROM my_member())
    ORDER BY r.sequence DESC LIMIT how_many;
END $$;

-- One proposal, for whoever just made or decided it; the act itself is the line.
CREATE OR REPLACE FUNCTION administrative_proposal_of(the_id uuid)
RETURNS TABLE (id uuid, act text, agency_id uuid, agency_name text, subject_id uuid, subject_name text, content jsonb,
               reason text, proposed_by uuid, proposed_by_name text, proposed_at timestamptz, expires_at timestamptz,
               state text, decided_by_name text, decided_at timestamptz, decision_reason text, mine_to_decide boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT p.* FROM proposals_in_sight() p WHERE p.id = the_id $$;

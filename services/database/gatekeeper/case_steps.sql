-- Steps of a case beside its decisions, and what follows from them in other tables. The service looks at the words and at
-- the state; what nobody may get round stands here.

-- Whether the actor made a decision of this kind on the record before or took one back, or manages somebody who did, then or
-- now: whoever decides anew is somebody else.
CREATE OR REPLACE FUNCTION kept_from_deciding(the_record uuid, the_kind text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT known_to_me(the_record) AND EXISTS (
        SELECT FROM decision d
        LEFT JOIN decision_proposal p ON p.id = d.proposal_id
        CROSS JOIN LATERAL (
            VALUES (p.proposed_by, d.recorded_at), (d.recorded_by, d.recorded_at)
            UNION ALL
            SELECT s.recorded_by, s.recorded_at FROM case_step s JOIN case_step_detail t ON t.step_id = s.id
            WHERE s.record_id = the_record AND s.kind = 'revoked' AND t.content ->> 'decision' = d.id::text
        ) AS had_part (member_id, since)
        WHERE d.record_id = the_record AND d.kind = the_kind AND (
            had_part.member_id = my_member()
            OR EXISTS (
                SELECT FROM team_membership manages
                JOIN team_membership works ON works.team_id = manages.team_id AND works.member_id = had_part.member_id
                WHERE manages.member_id = my_member() AND manages.standing = 'manager'
                  AND (manages.until_at IS NULL OR manages.until_at > had_part.since)
                  AND (works.until_at IS NULL OR works.until_at > had_part.since))))
$$;

-- What a reconsideration is asked with: the decision, and the list of evidence that it rested on, as it was fixed then.
CREATE OR REPLACE FUNCTION pack_of(the_record uuid, the_decision uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT jsonb_build_object('decision', d.id, 'evidence', coalesce(p.content -> 'evidence', '[]'))
    FROM decision d LEFT JOIN decision_proposal p ON p.id = d.proposal_id
    WHERE d.id = the_decision AND d.record_id = the_record AND doing(the_record, 'reconsideration.ask')
$$;

-- A step stands in the group of its kind, or in another that its kind may stand in.
DROP FUNCTION IF EXISTS take_step(uuid, text, text, jsonb);
CREATE OR REPLACE FUNCTION take_step(
    the_record uuid, the_act text, the_kind text, the_content jsonb, the_group text DEFAULT NULL) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    what case_step_kind;
    taken uuid;
    said jsonb := the_content;
BEGIN
    SELECT * INTO what FROM case_step_kind k WHERE k.kind = the_kind AND k.act = the_act;
    IF what.kind IS NULL OR NOT doing(the_record, the_act)
       OR the_group IS NOT NULL AND the_group <> ALL (what.data_group || what.also_in) THEN
        RAISE EXCEPTION 'not allowed to do this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    what.data_group := coalesce(the_group, what.data_group);
    PERFORM step_is_anothers(the_record, the_kind, the_content);
    IF the_kind = 'reconsideration_asked' THEN
        said := said || jsonb_build_object('pack', pack_of(the_record, (the_content ->> 'decision')::uuid));
    END IF;
    INSERT INTO case_step (record_id, ordinal, kind, data_group, happened_on, agency_id, recorded_at, recorded_by)
    SELECT the_record, coalesce(max(s.ordinal), 0) + 1, what.kind, what.data_group, london_today(), my_agency(), moment(),
           my_member()
    FROM case_step s WHERE s.record_id = the_record
    RETURNING id INTO taken;
    INSERT INTO case_step_detail (step_id, record_id, data_group, content)
    VALUES (taken, the_record, what.data_group, said);
    PERFORM follow_step(the_record, the_kind, the_content);
    INSERT INTO outbox (kind, record_id, agency_id, function, session_id, created_at)
    SELECT DISTINCT what.notice, i.record_id, i.agency_id, i.function, my_session(), moment()
    FROM involvement i
    WHERE i.record_id = the_record AND i.until_at IS NULL AND i.relation = ANY (what.tells)
      AND (i.agency_id, i.function) <> (my_agency(), my_function());
    RETURN taken;
END $$;

-- Steps for a second person: whoever made the decision does not answer for it once more.
CREATE OR REPLACE FUNCTION step_is_anothers(the_record uuid, the_kind text, the_content jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF the_kind IN ('reconsideration_accepted', 'reconsideration_refused', 'revoked') AND kept_from_deciding(the_record, (
            SELECT d.kind FROM decision d WHERE d.id = (the_content ->> 'decision')::uuid AND d.record_id = the_record))
       OR the_kind IN ('disqualified', 'not_disqualified') AND my_member() = (
            SELECT s.recorded_by FROM case_step s
            WHERE s.record_id = the_record AND s.kind = 'disqualification_weighed' ORDER BY s.ordinal DESC LIMIT 1) THEN
        RAISE EXCEPTION 'somebody else has to do this' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- What hangs on a step in tables that its taker may not write: the clock of a request, the state of an age.
CREATE OR REPLACE FUNCTION follow_step(the_record uuid, the_kind text, the_content jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF the_kind = 'reconsideration_asked' THEN
        UPDATE clock SET ended_at = moment()
        WHERE record_id = the_record AND kind = 'reconsideration' AND ended_at IS NULL;
        INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, proof, recorded_at)
        SELECT the_record, 'reconsideration_answer', 'open', 'reconsideration_answer', i.agency_id, london_today(), '{}',
               moment()
        FROM involvement i WHERE i.record_id = the_record AND i.relation = 'decision_maker' AND i.until_at IS NULL
        ORDER BY i.from_at DESC LIMIT 1;
    ELSIF the_kind = 'returned' THEN
        UPDATE clock SET ended_at = moment()
        WHERE record_id = the_record AND kind = 'reasonable_grounds' AND ended_at IS NULL;
        INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, proof, recorded_at)
        SELECT the_record, 'referral_completion', 'open', 'completed_referral', i.agency_id, london_today(), '{}', moment()
        FROM involvement i WHERE i.record_id = the_record AND i.relation = 'referrer' AND i.until_at IS NULL
        ORDER BY i.from_at DESC LIMIT 1;
    ELSIF the_kind = 'completed' THEN
        UPDATE clock SET ended_at = moment()
        WHERE record_id = the_record AND kind = 'referral_completion' AND ended_at IS NULL;
        INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, regime_row,
                           recorded_at)
        SELECT the_record, 'reasonable_grounds', c ->> 'form', 'reasonable_grounds_decision', i.agency_id,
               (c ->> 'starts_on')::date, (c ->> 'due_on')::date, c -> 'proof', c ->> 'regime_row', moment()
        FROM involvement i CROSS JOIN LATERAL (SELECT the_content -> 'clock') AS its (c)
        WHERE i.record_id = the_record AND i.relation = 'decision_maker' AND i.until_at IS NULL
        ORDER BY i.from_at DESC LIMIT 1;
    ELSIF the_kind IN ('age_doubted', 'age_settled', 'consent_at_18_given', 'consent_at_18_refused') THEN
        INSERT INTO case_fact (record_id, data_group, kind, value, note, effective_from, recorded_at, recorded_by)
        VALUES (the_record, 'identity', 'age', CASE the_kind WHEN 'age_doubted' THEN 'not_sure'
                    WHEN 'age_settled' THEN the_content ->> 'age' ELSE 'adult' END,
                the_kind, london_today(), moment(), my_member());
        PERFORM follow_age(the_record, the_kind = 'age_settled' AND the_content ->> 'age' = 'child');
    ELSIF the_kind IN ('reconsideration_accepted', 'review_ended') THEN
        PERFORM wait_for_consent_again(the_record);
    END IF;
END $$;

-- An adult who was referred without support wants it now, as whoever referred them was told: from today on the case is one
-- of somebody who is supported. False: it was so before, the rules of an adult do not hold, or nobody is supported here.
CREATE OR REPLACE FUNCTION want_support(the_record uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    classes constant text[] := case_classes(the_record, london_today());
BEGIN
    IF NOT doing(the_record, 'wish.record') THEN
        RAISE EXCEPTION 'not allowed to do this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT 'adult' = ANY (classes) OR 'supported' = ANY (classes) OR turned_away(the_record) OR NOT EXISTS (
            SELECT FROM involvement i
            WHERE i.record_id = the_record AND i.agency_id = my_agency() AND i.function = my_function()
              AND i.relation = 'referrer' AND i.until_at IS NULL) THEN
        RETURN false;
    END IF;
    INSERT INTO case_fact (record_id, data_group, kind, value, note, effective_from, recorded_at, recorded_by)
    VALUES (the_record, 'support_plan', 'support_wanted', 'yes', 'wish_recorded', london_today(), moment(), my_member());
    RETURN true;
END $$;

-- Whether nobody is brought in to support whom this case is about: a decision against them stands, a positive one was
-- taken back, they are disqualified, or the case ended. What is decided anew, or was quashed, does not count.
CREATE OR REPLACE FUNCTION turned_away(the_record uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH said AS (
        SELECT s.ordinal, s.kind, t.content ->> 'decision' AS decision, t.content ->> 'outcome' AS outcome
        FROM case_step s JOIN case_step_detail t ON t.step_id = s.id WHERE s.record_id = the_record
    ), counts AS (
        SELECT d.kind, (d.issued_on, d.recorded_at, d.id) AS place,
               d.outcome = 'negative' OR d.id::text IN (SELECT decision FROM said WHERE kind = 'revoked') AS is_against
        FROM decision d WHERE d.record_id = the_record AND NOT EXISTS (
            SELECT FROM said s WHERE s.decision = d.id::text AND (
                s.kind = 'reconsideration_accepted' OR s.kind = 'review_ended' AND s.outcome = 'quashed'))
    ), first AS (
        SELECT * FROM counts WHERE kind = 'reasonable_grounds' ORDER BY place DESC LIMIT 1
    ), last AS (  -- one that rested on a decision of before falls with it
        SELECT c.* FROM counts c JOIN first f ON c.place > f.place
        WHERE c.kind = 'conclusive_grounds' ORDER BY c.place DESC LIMIT 1
    )
    SELECT EXISTS (SELECT FROM said WHERE kind IN ('withdrawn', 'ended'))
        OR coalesce((SELECT kind = 'disqualified' FROM said WHERE kind IN ('disqualified', 'not_disqualified')
                     ORDER BY ordinal DESC LIMIT 1), false)
        OR EXISTS (SELECT FROM first WHERE is_against) OR EXISTS (SELECT FROM last WHERE is_against)
$$;

-- The case goes to another authority with every date as it was: nothing that runs begins anew.
CREATE OR REPLACE FUNCTION hand_over_case(the_record uuid, the_agency uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT doing(the_record, 'case.transfer') OR the_agency NOT IN (
            SELECT i.agency_id FROM involvement i
            WHERE i.record_id = the_record AND i.relation = 'decision_maker' AND i.until_at IS NULL) THEN
        RAISE EXCEPTION 'not allowed to hand these over' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM decision_proposal p WHERE p.record_id = the_record AND p.answer IS NULL) THEN
        RETURN false;
    END IF;
    INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, regime_row, recorded_at)
    SELECT c.record_id, c.kind, c.form, c.awaits, the_agency, c.starts_on, c.due_on, c.proof, c.regime_row, moment()
    FROM clock c WHERE c.record_id = the_record AND c.awaits_agency_id = my_agency() AND c.ended_at IS NULL;
    UPDATE clock SET ended_at = moment()
    WHERE record_id = the_record AND awaits_agency_id = my_agency() AND ended_at IS NULL;
    RETURN true;
END $$;

-- Whether nobody is sure of an age today: all that whoever doubts or assesses it has to know before.
CREATE OR REPLACE FUNCTION age_is_in_doubt(the_record uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (doing(the_record, 'age.doubt') OR doing(the_record, 'age.assess')) AND coalesce((
        SELECT f.value = 'not_sure' FROM case_fact f
        WHERE f.record_id = the_record AND f.kind = 'age' AND f.effective_from <= london_today()
        ORDER BY f.effective_from DESC, f.sequence DESC LIMIT 1), true)
$$;

-- Whether somebody was protected from removal on a day, since when and at least until when. From a positive decision to
-- the later of the recovery period's last day and the first conclusive decision, or from the day of a grant where none began
-- by itself. Quashed or revoked, the positive decision counts until that day; a conclusive one that was quashed ends nothing
-- from that day on, and one that was revoked or is made anew ended it once and for all.
CREATE OR REPLACE FUNCTION protection_on(
    the_record uuid, the_day date, OUT is_protected boolean, OUT since date, OUT at_least_until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    first decision;
    last decision;
    ended date;
    granted_on date;
BEGIN
    is_protected := false;
    SELECT d.* INTO first FROM decision d
    WHERE d.record_id = the_record AND d.kind = 'reasonable_grounds' AND d.outcome = 'positive' AND d.issued_on <= the_day
      AND coalesce(void_since(d.id) >= the_day, true)
    ORDER BY d.issued_on DESC LIMIT 1;
    IF first.id IS NULL THEN
        RETURN;
    END IF;
    SELECT min(s.happened_on) INTO ended FROM case_step s WHERE s.record_id = the_record AND s.kind IN ('withdrawn', 'ended');
    IF ended < the_day OR 'disqualified' = (
            SELECT s.kind FROM case_step s
            WHERE s.record_id = the_record AND s.kind IN ('disqualified', 'not_disqualified') AND s.happened_on <= the_day
            ORDER BY s.ordinal DESC LIMIT 1) THEN
        RETURN;
    END IF;
    SELECT min(s.happened_on) FILTER (WHERE s.kind = 'further_recovery_granted') INTO granted_on
    FROM case_step s JOIN case_step_detail t ON t.step_id = s.id
    WHERE s.record_id = the_record AND s.kind IN ('covered_before', 'further_recovery_granted')
      AND t.content ->> 'decision' = first.id::text
    HAVING bool_or(s.kind = 'covered_before');
    IF FOUND AND coalesce(granted_on > the_day, true) THEN
        RETURN;
    END IF;
    SELECT d.* INTO last FROM decision d
    WHERE d.record_id = the_record AND d.kind = 'conclusive_grounds' AND d.issued_on BETWEEN first.issued_on AND the_day
      AND coalesce(quashed_on(d.id) > the_day, true)
    ORDER BY d.issued_on, d.recorded_at LIMIT 1;
    SELECT greatest(max(c.due_on), coalesce(last.issued_on, the_day)) INTO at_least_until FROM clock c
    WHERE c.record_id = the_record AND c.kind IN ('recovery_period', 'further_recovery_period') AND c.starts_on = first.issued_on;
    is_protected := at_least_until >= the_day;
    since := CASE WHEN is_protected THEN coalesce(granted_on, first.issued_on) END;
    at_least_until := CASE WHEN is_protected THEN at_least_until END;
END $$;

-- The day on which a court quashed a decision. Null: none did.
CREATE OR REPLACE FUNCTION quashed_on(the_decision uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT min(s.happened_on) FROM case_step s JOIN case_step_detail t ON t.step_id = s.id
    WHERE t.content ->> 'decision' = the_decision::text
      AND s.kind = 'review_ended' AND t.content ->> 'outcome' = 'quashed'
$$;

-- Since when a decision no longer counts: it was quashed or revoked. Null: it counts.
CREATE OR REPLACE FUNCTION void_since(the_decision uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT least(quashed_on(the_decision), (
        SELECT min(s.happened_on) FROM case_step s JOIN case_step_detail t ON t.step_id = s.id
        WHERE t.content ->> 'decision' = the_decision::text AND s.kind = 'revoked'))
$$;

CREATE OR REPLACE FUNCTION protection(the_record uuid) RETURNS TABLE (is_protected boolean, since date, at_least_until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p.* FROM protection_on(the_record, london_today()) p
    WHERE (the_record, 'protection') IN (SELECT * FROM admitted())
$$;

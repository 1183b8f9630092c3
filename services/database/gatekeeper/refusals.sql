-- A refused look is told to a governance officer of the looker's agency: who and how often, and nothing of any record, since
-- a look at a record that is not there is told in the same words.

-- A refusal that some rule would have allowed is no look at what is not one's own: somebody was faster, or a form had gaps.
CREATE OR REPLACE FUNCTION note_refusal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO refused_look (access_record_id, agency_id, member_id, at)
    VALUES (NEW.id, NEW.agency_id, NEW.member_id, NEW.at);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER note_refusal AFTER INSERT ON access_record
FOR EACH ROW WHEN (NEW.verdict = 'refused' AND NEW.rules = '{}' AND NEW.function NOT IN ('platform_worker', 'referral_import'))
EXECUTE FUNCTION note_refusal();

-- Where an agency has nobody who answers for its looks, the platform's own people are told, and of whose agency.
CREATE OR REPLACE FUNCTION who_answers_for(the_agency uuid) RETURNS TABLE (agency_id uuid, function text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH governance AS (
        SELECT af.agency_id, af.function FROM agency_function af
        WHERE af.agency_id = the_agency AND af.function = 'information_governance' AND is_live(af.valid_from, af.valid_until)
          AND EXISTS (SELECT FROM member m JOIN member_function mf ON mf.member_id = m.id AND mf.function = af.function
                      WHERE m.agency_id = the_agency AND mf.access_level IN ('practitioner', 'approver')
                        AND is_live(mf.valid_from, mf.valid_until)))
    SELECT * FROM governance
    UNION ALL
    SELECT af.agency_id, af.function FROM agency_function af
    WHERE af.function = 'platform_operation' AND is_live(af.valid_from, af.valid_until) AND NOT EXISTS (SELECT FROM governance)
    LIMIT 1
$$;

-- Waiting refusals become alerts, one for each person in a time; how many were gathered.
CREATE OR REPLACE FUNCTION gather_refusals(the_rule text, minutes integer, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    one record;
    alert uuid;
    gathered integer := 0;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker tells of refusals' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR one IN
        WITH waiting AS (SELECT * FROM refused_look w WHERE w.alert_id IS NULL ORDER BY w.at LIMIT most FOR UPDATE SKIP LOCKED)
        SELECT w.agency_id, w.member_id, array_agg(w.access_record_id) AS looks FROM waiting w
        GROUP BY w.agency_id, w.member_id ORDER BY min(w.at)
    LOOP
        SELECT a.id INTO alert FROM refusal_alert a WHERE a.member_id = one.member_id AND a.gathers_until > moment()
        ORDER BY a.gathers_until DESC LIMIT 1;
        IF alert IS NULL THEN
            alert := gen_random_uuid();
            INSERT INTO refusal_alert (id, agency_id, function, member_id, rule, from_at, gathers_until)
            SELECT alert, w.agency_id, w.function, one.member_id, the_rule, moment(), moment() + minutes * interval '1 minute'
            FROM who_answers_for(one.agency_id) w;
            INSERT INTO outbox (id, kind, agency_id, function, about_agency_id, session_id, created_at)
            SELECT alert, 'refused_looks', a.agency_id, a.function,
                   CASE WHEN a.agency_id <> one.agency_id THEN one.agency_id END, my_session(), moment()
            FROM refusal_alert a WHERE a.id = alert;
        END IF;
        UPDATE refused_look w SET alert_id = alert WHERE w.access_record_id = ANY (one.looks)
          AND EXISTS (SELECT FROM refusal_alert a WHERE a.id = alert);
        gathered := gathered + cardinality(one.looks);
    END LOOP;
    RETURN gathered;
END $$;

-- The alerts that the actor is told of; nobody is told of their own.
CREATE OR REPLACE FUNCTION my_alerts() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.id FROM refusal_alert a JOIN live_session() me ON a.agency_id = me.agency_id AND a.function = me.function
    WHERE a.member_id <> me.member_id
$$;

-- Somebody who was referred as a child turns 18: a clock waits for their own word, and the worker warns before the day.

-- The day by which somebody is 18 for certain, whatever of the date of birth is unknown; born on 29 February: on 1 March.
-- The same day as in services/referrals/partial_dates.py.
CREATE OR REPLACE FUNCTION surely_18_on(born text) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (d.last + interval '18 years')::date
           + CASE WHEN to_char(d.last, 'MMDD') = '0229' AND to_char(d.last + interval '18 years', 'MMDD') = '0228' THEN 1
                  ELSE 0 END
    FROM (SELECT CASE length(born) WHEN 10 THEN born::date
                     WHEN 7 THEN (to_date(born, 'YYYY-MM') + interval '1 month - 1 day')::date
                     WHEN 4 THEN make_date(born::integer, 12, 31) END AS last) d
$$;

-- An age was said today: what waited for a birthday ends, and waits anew where somebody is a child for certain.
CREATE OR REPLACE FUNCTION follow_age(the_record uuid, is_child boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE clock SET ended_at = moment() WHERE record_id = the_record AND kind = 'consent_at_18' AND ended_at IS NULL;
    INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, recorded_at)
    SELECT the_record, 'consent_at_18', 'target', 'consent_at_18', a.agency_id, london_today(), b.turns, '{}', moment()
    FROM (SELECT i.agency_id FROM involvement i
          WHERE i.record_id = the_record AND i.relation = 'decision_maker' AND i.until_at IS NULL
          ORDER BY i.from_at DESC LIMIT 1) a
    CROSS JOIN (SELECT surely_18_on(g.content ->> 'date_of_birth') AS turns FROM group_content g
                WHERE g.record_id = the_record AND g.data_group = 'identity' ORDER BY g.version DESC LIMIT 1) b
    WHERE is_child AND b.turns IS NOT NULL
$$;

-- A decision is awaited once more: so is the word of somebody whose birthday nobody has answered for.
CREATE OR REPLACE FUNCTION wait_for_consent_again(the_record uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE clock SET ended_at = NULL
    WHERE id = (SELECT c.id FROM clock c WHERE c.record_id = the_record AND c.kind = 'consent_at_18'
                ORDER BY c.recorded_at DESC LIMIT 1)
      AND 'child' = (SELECT f.value FROM case_fact f
                     WHERE f.record_id = the_record AND f.kind = 'age' AND f.effective_from <= london_today()
                     ORDER BY f.effective_from DESC, f.sequence DESC LIMIT 1)
$$;

-- The worker tells children's services, who ask, and the authority, which waits; once for each clock. How many clocks.
CREATE OR REPLACE FUNCTION warn_of_birthdays(days_before integer, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    due clock;
    warned integer := 0;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker warns' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR due IN SELECT c.* FROM clock c
        WHERE c.kind = 'consent_at_18' AND c.ended_at IS NULL AND c.warned_at IS NULL
          AND c.due_on <= london_today() + days_before
        ORDER BY c.due_on, c.id LIMIT most FOR UPDATE SKIP LOCKED
    LOOP
        UPDATE clock SET warned_at = moment() WHERE id = due.id;
        INSERT INTO outbox (kind, record_id, agency_id, function, session_id, created_at)
        SELECT DISTINCT 'turns_18_soon', i.record_id, i.agency_id, i.function, my_session(), moment()
        FROM involvement i
        WHERE i.record_id = due.record_id AND i.until_at IS NULL
          AND i.relation IN ('safeguarding_lead', 'decision_maker');
        warned := warned + 1;
    END LOOP;
    RETURN warned;
END $$;

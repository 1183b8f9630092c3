-- Who looked at what, for the governance officers of those concerned: lines where their agency looked, and lines about a
-- record while their agency led it. Reading them is a line too, written before anything is handed out.

-- Whether the officer's agency may know that this record is there: it stands or stood in it, and no bar speaks against
-- it today. Of any other record an officer learns what they would learn of one that does not exist.
CREATE OR REPLACE FUNCTION concerns_us(the_record uuid, the_member uuid, the_agency uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM involvement i WHERE i.record_id = the_record AND i.agency_id = the_agency)
       AND NOT barred(the_record, the_member, the_agency)
$$;

-- The records an officer asks about: the one with this reference, or every record of the same person. Null: any.
CREATE OR REPLACE FUNCTION asked_of_the_ledger(f jsonb) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN f ->> 'reference' IS NOT NULL THEN ARRAY(
        SELECT r.id FROM record named JOIN record r ON r.id = named.id
            OR (f ->> 'same_person')::boolean AND r.person_id = named.person_id
        WHERE named.reference = upper(f ->> 'reference') AND concerns_us(named.id, my_member(), my_agency())
          AND concerns_us(r.id, my_member(), my_agency()))
    END
$$;

-- What was seen whole, in one version or in all, or in single entries.
CREATE OR REPLACE FUNCTION seen_groups(line access_record) RETURNS text[]
LANGUAGE sql IMMUTABLE
AS $$
    SELECT ARRAY(SELECT g FROM unnest(line.groups) g
                 UNION SELECT split_part(p, ':', 1) FROM unnest(line.pins || line.items) p ORDER BY 1)
$$;

-- What was asked for of a line besides its record; days are London's, and the last one counts.
CREATE OR REPLACE FUNCTION fits(line access_record, f jsonb) RETURNS boolean
LANGUAGE sql STABLE  -- without settings of its own, so that it melts into the query that asks it of every line
AS $$
    SELECT (f ->> 'agency' IS NULL OR line.agency_id = (f ->> 'agency')::uuid)
       AND (f ->> 'member' IS NULL OR line.member_id = (f ->> 'member')::uuid)
       AND (f ->> 'purpose' IS NULL OR f ->> 'purpose' = ANY (line.purposes))
       AND (f -> 'verdicts' = 'null' OR f -> 'verdicts' ? line.verdict)
       AND (f ->> 'from' IS NULL OR line.at >= london_midnight((f ->> 'from')::date))
       AND (f ->> 'to' IS NULL OR line.at < london_midnight((f ->> 'to')::date + 1))
       AND (f ->> 'group' IS NULL OR f ->> 'group' = ANY (seen_groups(line) || line.summaries || line.writes || line.refused))
$$;

-- The newest lines in the officer's sight before a place; for the gatekeeper's own use. Own looks by the agency's index,
-- others' looks by the records that the agency led when they happened.
CREATE OR REPLACE FUNCTION ledger_in_sight(f jsonb, before_at timestamptz, before_id uuid, how_many integer)
RETURNS SETOF ledger_line
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    me constant session := live_session();
    wanted constant uuid[] := asked_of_the_ledger(f);
    hidden constant uuid[] := ARRAY(  -- what is done in these would tell that they are there, and who sees to the bars
        SELECT b.record_id FROM access_bar b WHERE (b.member_id = me.member_id OR b.agency_id = me.agency_id)
           AND b.from_at <= moment() AND (b.until_at IS NULL OR b.until_at > moment()));
BEGIN
    RETURN QUERY
    WITH period AS (
        SELECT l.record_id, l.agency_id, l.from_at, lead(l.from_at) OVER (PARTITION BY l.record_id ORDER BY l.step) AS until_at
        FROM lead_agency l
        WHERE l.record_id IN (SELECT mine.record_id FROM lead_agency mine WHERE mine.agency_id = me.agency_id)
          AND (wanted IS NULL OR l.record_id = ANY (wanted))
    ), own AS (
        SELECT a.* FROM access_record a
        WHERE a.agency_id = me.agency_id AND a.transaction <> pg_current_xact_id()
          AND (a.verdict = 'refused' OR a.record_id IS NULL OR a.record_id <> ALL (hidden))
          AND (wanted IS NULL OR a.record_id = ANY (wanted)) AND (a.at, a.id) < (before_at, before_id) AND fits(a, f)
        ORDER BY a.at DESC, a.id DESC LIMIT how_many
    ), others AS (  -- people of other agencies have no name here, so nobody is found by theirs
        SELECT a.* FROM period p JOIN access_record a ON a.record_id = p.record_id
             AND a.at >= p.from_at AND (p.until_at IS NULL OR a.at < p.until_at)
        WHERE p.agency_id = me.agency_id AND a.agency_id <> me.agency_id AND f ->> 'member' IS NULL
          AND NOT barred(p.record_id, me.member_id, me.agency_id)
          AND NOT (a.act = 'caveat.record' OR 'author' = ANY (a.relations))  -- would tell that something is written there
          AND (a.at, a.id) < (before_at, before_id) AND fits(a, f)
        ORDER BY a.at DESC, a.id DESC LIMIT how_many
    )
    SELECT a.id, a.at, a.agency_id, a.member_id, a.function, a.access_level, a.act, a.verdict,
           CASE WHEN concerns_us(a.record_id, me.member_id, me.agency_id) THEN a.record_id END, a.relations, a.purposes,
           seen_groups(a), a.summaries, a.writes, a.refused, a.rules
    FROM (SELECT * FROM own UNION ALL SELECT * FROM others) a
    ORDER BY a.at DESC, a.id DESC LIMIT how_many;
END $$;

-- The line of reading the ledger; false: this is not for who asks, and nothing is handed out.
CREATE OR REPLACE FUNCTION begin_ledger_reading(f jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me constant session := live_session();
    about uuid;
BEGIN
    IF NOT may_begin('ledger.read') THEN
        PERFORM refuse(array_remove(ARRAY[f ->> 'reference'], NULL), 'ledger.read', '{}');
        RETURN false;
    END IF;
    SELECT r.id INTO about FROM record r WHERE r.reference = upper(f ->> 'reference');
    INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, record_id,
                               rules, policy_version)
    SELECT moment(), me.id, me.member_id, me.agency_id, me.function, my_access_level(), 'ledger.read',
           CASE WHEN f ->> 'reference' IS NULL THEN 'viewed'
                WHEN about IS NULL OR NOT concerns_us(about, me.member_id, me.agency_id) THEN 'refused'
                WHEN leads(about, me.agency_id) THEN 'viewed' ELSE 'disclosed' END,
           about, beginning_rules('ledger.read'), current_policy();
    RETURN true;
END $$;

-- Lines, the newest first. People are named to their own agency only.
CREATE OR REPLACE FUNCTION ledger_lines(f jsonb, before_at timestamptz, before_id uuid, how_many integer)
RETURNS TABLE (id uuid, at timestamptz, agency_id uuid, agency_code text, agency_name text, person text, function text,
               access_level text, act text, verdict text, reference text, relations text[], purposes text[],
               groups text[], summaries text[], writes text[], refused text[], rules text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT begin_ledger_reading(f) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT l.id, l.at, o.id, o.code, o.name, m.display_name, l.function, l.access_level, l.act, l.verdict, r.reference,
           l.relations, l.purposes, l.groups, l.summaries, l.writes, l.refused, l.rules
    FROM ledger_in_sight(f, before_at, before_id, how_many) l JOIN agency o ON o.id = l.agency_id
    LEFT JOIN member m ON m.id = l.member_id AND m.agency_id = my_agency() LEFT JOIN record r ON r.id = l.record_id
    ORDER BY l.at DESC, l.id DESC;
END $$;

-- The same lines, counted: by agency, data group, purpose and verdict. A group that was asked for and withheld counts as
-- refused; a line without any group (a list, an act) is one of its own.
CREATE OR REPLACE FUNCTION ledger_totals(f jsonb, after_place text[], how_many integer)
RETURNS TABLE (place text[], agency_id uuid, agency_code text, agency_name text, data_group text, purpose text,
               verdict text, looks bigint, people bigint, first_at timestamptz, last_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT begin_ledger_reading(f) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT t.place, o.id, o.code, o.name, t.data_group, t.purpose, t.verdict, t.looks, t.people, t.first_at, t.last_at
    FROM (
        SELECT ARRAY[o.name, o.code, coalesce(part.data_group, ''), coalesce(why.purpose, ''), part.verdict] AS place,
               l.agency_id, part.data_group, why.purpose, part.verdict, count(DISTINCT l.id) AS looks,
               count(DISTINCT l.member_id) AS people, min(l.at) AS first_at, max(l.at) AS last_at
        FROM ledger_in_sight(f, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', NULL) l
        JOIN agency o ON o.id = l.agency_id
        CROSS JOIN LATERAL (
            SELECT l.verdict, g AS data_group FROM unnest(l.groups || l.summaries || l.writes) g
            UNION SELECT 'refused', g FROM unnest(l.refused) g
            UNION SELECT l.verdict, NULL WHERE l.groups || l.summaries || l.writes || l.refused = '{}') part
        CROSS JOIN LATERAL (
            SELECT p AS purpose FROM unnest(CASE WHEN l.purposes = '{}' THEN ARRAY[NULL] ELSE l.purposes END) p) why
        WHERE (f ->> 'group' IS NULL OR part.data_group = f ->> 'group')
          AND (f ->> 'purpose' IS NULL OR why.purpose = f ->> 'purpose')
        GROUP BY o.name, o.code, l.agency_id, part.data_group, why.purpose, part.verdict
    ) t JOIN agency o ON o.id = t.agency_id
    WHERE t.place > after_place ORDER BY t.place LIMIT how_many;
END $$;

-- Entries under a caveat. Nobody is let into them by how they stand to the record, only by having written them: so whoever
-- has the record in hand is asked about as the author of what their own agency wrote, and as nothing else.

-- The actor's standings as an author. A colleague stays one: who has not the record in hand reads no entry in it. What an
-- involvement was narrowed to says nothing of what one's own agency wrote itself.
CREATE OR REPLACE FUNCTION as_author(standings record_standing[]) RETURNS record_standing[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(array_agg(CASE WHEN s.relation = 'colleague' THEN s ELSE
               ROW(s.record_id, s.involvement_id, 'author', s.purpose, false, '{}', '{}', s.classes, '{}')::record_standing
           END), '{}')
    FROM unnest(standings) s
$$;

-- Entries are looked at alone. A look that asks for anything else besides is made by the relations to the record, to which
-- every entry is closed; so no line of the ledger tells others of entries, and none hides another look.
CREATE OR REPLACE FUNCTION is_of_authors(the_act text, asked text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT the_act = 'caveat.record' OR the_act = 'see' AND asked = ARRAY['caveated'] $$;

CREATE OR REPLACE FUNCTION record_caveated(the_record uuid, the_caveat text, the_content text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    made uuid;
BEGIN
    IF NOT doing(the_record, 'caveat.record') THEN
        RAISE EXCEPTION 'not allowed to write under a caveat' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO caveated_entry (record_id, agency_id, function, caveat, content, written_by, written_at)
    VALUES (the_record, my_agency(), my_function(), the_caveat, the_content, my_member(), moment())
    RETURNING id INTO made;
    RETURN made;
END $$;

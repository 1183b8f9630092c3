-- Where a request stands: a question of leaving and of requests alike.

CREATE OR REPLACE FUNCTION request_status(the_request uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN s.status IN ('pending', 'acknowledged', 'partial') AND q.expires_on < london_today() THEN 'expired'
                ELSE s.status END
    FROM information_request q JOIN information_request_step s ON s.request_id = q.id
    WHERE q.id = the_request ORDER BY s.step DESC LIMIT 1
$$;

CREATE OR REPLACE FUNCTION is_unanswered(the_request uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT coalesce(request_status(the_request) IN ('pending', 'acknowledged', 'partial'), false) $$;

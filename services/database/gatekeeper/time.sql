-- The platform's only clock. A test database may replace moment(); nothing else tells the time to a rule.

CREATE OR REPLACE FUNCTION moment() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN transaction_timestamp();

CREATE OR REPLACE FUNCTION london_today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (moment() AT TIME ZONE 'Europe/London')::date;

-- Five roles. Nobody signs in as the owner or the gatekeeper; the application and the sign-in own nothing and bypass
-- nothing, and only the sign-in may begin a session.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_owner') THEN
        CREATE ROLE concordat_owner NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_gatekeeper') THEN
        CREATE ROLE concordat_gatekeeper NOLOGIN BYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_migrator') THEN
        CREATE ROLE concordat_migrator LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_app') THEN
        CREATE ROLE concordat_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'concordat_sign_in') THEN
        CREATE ROLE concordat_sign_in LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;
    END IF;
END $$;
GRANT concordat_owner, concordat_gatekeeper TO concordat_migrator;
GRANT concordat_migrator, concordat_owner, concordat_gatekeeper TO CURRENT_USER;
GRANT USAGE, CREATE ON SCHEMA public TO concordat_owner, concordat_gatekeeper;

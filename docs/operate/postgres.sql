-- Prepares a PostgreSQL server (15 to 17, PostGIS 3.3 or later) for this backend. It can be run again at any time.
-- The private cluster of 'make run' and the test cluster are prepared by this same file.
--
--   psql -h SERVER -U postgres -v database=gridgov -v owner_password=… -v app_password=… -f docs/operate/postgres.sql
--
-- Run it as a superuser, or as a user that may create roles, databases and the extension postgis.
\set ON_ERROR_STOP on

SELECT 'CREATE ROLE gridgov_owner' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gridgov_owner') \gexec
SELECT 'CREATE ROLE gridgov_app' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gridgov_app') \gexec
SELECT 'CREATE ROLE gridgov_backup' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gridgov_backup') \gexec

-- Owner: migrations and bulk DDL only. App: what the server and the worker connect as; it owns nothing.
ALTER ROLE gridgov_owner LOGIN NOCREATEROLE PASSWORD :'owner_password';
ALTER ROLE gridgov_app LOGIN NOCREATEROLE NOCREATEDB PASSWORD :'app_password';
ALTER ROLE gridgov_backup NOLOGIN NOCREATEROLE NOCREATEDB;
GRANT pg_read_all_data TO gridgov_backup;

-- Time-outs belong to the role: as connection options they do not pass a pooler.
ALTER ROLE gridgov_app SET statement_timeout = '5s';
ALTER ROLE gridgov_app SET lock_timeout = '2s';
ALTER ROLE gridgov_app SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE gridgov_owner SET lock_timeout = '3s';
-- Prepared statements here are written so that one plan is right for every caller; it is not made anew for each.
ALTER ROLE gridgov_app SET plan_cache_mode = 'force_generic_plan';

-- Somebody who is no superuser may hand a database to a role only as its member.
SELECT format('GRANT gridgov_owner TO %I', current_user)
WHERE NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
  AND NOT pg_has_role(current_user, 'gridgov_owner', 'MEMBER') \gexec
SELECT format('CREATE DATABASE %I OWNER gridgov_owner TEMPLATE template0 ENCODING ''UTF8''', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO gridgov_app;
GRANT CONNECT ON DATABASE :"database" TO gridgov_backup;

\connect :"database"
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS btree_gist;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO gridgov_owner;
GRANT USAGE ON SCHEMA public TO gridgov_app;

-- Rows, never TRUNCATE, REFERENCES or TRIGGER; tables that may only grow take UPDATE and DELETE back themselves.
ALTER DEFAULT PRIVILEGES FOR ROLE gridgov_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO gridgov_app;
ALTER DEFAULT PRIVILEGES FOR ROLE gridgov_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO gridgov_app;

-- Somebody may have widened a role by hand: the server must not start with more than it needs.
ALTER ROLE gridgov_app NOSUPERUSER NOBYPASSRLS NOREPLICATION;
ALTER ROLE gridgov_owner NOSUPERUSER NOBYPASSRLS NOREPLICATION;

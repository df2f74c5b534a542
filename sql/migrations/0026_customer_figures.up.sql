-- What the list of customers filters and sorts by: one narrow row a customer, which trails the states. It chooses whom to look at; what is answered comes from
-- the states themselves. Texts are '' where they say nothing.
CREATE TABLE customer_figures (
    customer_id       text PRIMARY KEY,
    tag               text NOT NULL,
    tier              text NOT NULL,
    owner             text NOT NULL COLLATE "C",  -- of the trait of that name, cut to what a filter may have
    name              text NOT NULL COLLATE "C",  -- folded and cut: what a list is sorted by
    indicators        integer NOT NULL,           -- bits of RiskIndicators
    risks             smallint NOT NULL,          -- how many of them
    behaviors         integer NOT NULL,           -- bit 0 is BT_001
    overall           numeric(6, 3) NOT NULL,     -- 7-day means
    engagement        numeric(6, 3) NOT NULL,
    progress          numeric(6, 3) NOT NULL,
    community         numeric(6, 3) NOT NULL,
    ltv               numeric,
    tag_since         timestamptz NOT NULL,
    last_activity_at  timestamptz,
    enrolled_at       timestamptz NOT NULL,
    due_at            timestamptz                 -- when time alone changes it within the business day
) WITH (fillfactor = 80);

-- The closed sets that a customer is in, for one index over all of them: 0-11 indicators, 16-23 behaviours.
CREATE FUNCTION lstep_facets(indicators integer, behaviors integer) RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    ARRAY(SELECT bit FROM generate_series(0, 31) AS bit WHERE (indicators | behaviors << 16) & (1 << bit) <> 0);

CREATE INDEX customer_figures_facets ON customer_figures USING gin (lstep_facets(indicators, behaviors));
CREATE INDEX customer_figures_tag ON customer_figures (tag, tier, customer_id);
CREATE INDEX customer_figures_owner ON customer_figures (owner, customer_id) WHERE owner <> '';
CREATE INDEX customer_figures_name ON customer_figures (name, customer_id);
CREATE INDEX customer_figures_risks ON customer_figures (risks, customer_id);
CREATE INDEX customer_figures_overall ON customer_figures (overall, customer_id);
CREATE INDEX customer_figures_ltv ON customer_figures ((coalesce(ltv, '-Infinity')), customer_id);
CREATE INDEX customer_figures_since ON customer_figures (tag_since, customer_id);
CREATE INDEX customer_figures_active ON customer_figures ((coalesce(last_activity_at, '-infinity')), customer_id);
CREATE INDEX customer_figures_enrolled ON customer_figures (enrolled_at);
CREATE INDEX customer_figures_due ON customer_figures (due_at) WHERE due_at IS NOT NULL;

-- What is searched: id, email and name, each folded, a line each. Apart from the figures, so that it is written only when one of them changes.
CREATE TABLE customer_search (
    customer_id  text PRIMARY KEY,
    folded       text NOT NULL COLLATE "C"
);

-- Where the extension is not installed, or this role may not have it, all rows are looked through.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX customer_search_parts ON customer_search USING gin (folded gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'searching goes on without pg_trgm: %', SQLERRM;
END $$;

-- How far both trail the log and the ledger: one row, locked by whoever brings them up to date. The business day's change is one pass over everybody.
CREATE TABLE customer_figures_progress (
    singleton  boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    through    xid8 NOT NULL,
    ledger     bigint NOT NULL,
    day        date,                      -- the last business day whose pass is over
    pass_day   date,                      -- of the pass under way
    cursor     text NOT NULL DEFAULT '',  -- last customer_id of it
    server     text NOT NULL DEFAULT ''   -- whose transaction ids those are
);
INSERT INTO customer_figures_progress (through, ledger) VALUES (pg_current_xact_id(), 0);

-- How many customers bore an indicator when a business day began. Under the indicator '' the customers that were looked at.
CREATE TABLE analytics_risk_days (
    day        date NOT NULL,
    indicator  text NOT NULL,
    tier       text NOT NULL,
    customers  bigint NOT NULL,
    PRIMARY KEY (day, indicator, tier)
);

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
    array_remove(ARRAY[
        CASE WHEN indicators & 1 <> 0 THEN 0 END, CASE WHEN indicators & 2 <> 0 THEN 1 END, CASE WHEN indicators & 4 <> 0 THEN 2 END,
        CASE WHEN indicators & 8 <> 0 THEN 3 END, CASE WHEN indicators & 16 <> 0 THEN 4 END, CASE WHEN indicators & 32 <> 0 THEN 5 END,
        CASE WHEN indicators & 64 <> 0 THEN 6 END, CASE WHEN indicators & 128 <> 0 THEN 7 END, CASE WHEN indicators & 256 <> 0 THEN 8 END,
        CASE WHEN indicators & 512 <> 0 THEN 9 END, CASE WHEN indicators & 1024 <> 0 THEN 10 END, CASE WHEN indicators & 2048 <> 0 THEN 11 END,
        CASE WHEN behaviors & 1 <> 0 THEN 16 END, CASE WHEN behaviors & 2 <> 0 THEN 17 END, CASE WHEN behaviors & 4 <> 0 THEN 18 END,
        CASE WHEN behaviors & 8 <> 0 THEN 19 END, CASE WHEN behaviors & 16 <> 0 THEN 20 END, CASE WHEN behaviors & 32 <> 0 THEN 21 END,
        CASE WHEN behaviors & 64 <> 0 THEN 22 END, CASE WHEN behaviors & 128 <> 0 THEN 23 END
    ], NULL);

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

-- Every character of a text and every two that stand together. Trigrams know nothing shorter, and on a database whose locale is C no letters but A to Z.
CREATE FUNCTION lstep_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 RETURN
    ARRAY(SELECT DISTINCT gram COLLATE "C"
        FROM (SELECT c, lead(c) OVER (ORDER BY n) AS next FROM string_to_table($1, NULL) WITH ORDINALITY AS one (c, n)) AS ones
        CROSS JOIN LATERAL (VALUES (c), (c || next)) AS grams (gram)
        WHERE gram IS NOT NULL);
CREATE INDEX customer_search_grams ON customer_search USING gin (lstep_grams(folded));

-- Where the extension is not installed, or this role may not have it, longer texts are found by their grams, too.
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
INSERT INTO customer_figures_progress (through, ledger) VALUES (pg_snapshot_xmin(pg_current_snapshot()), 0);

-- How many customers bore an indicator when a business day began. Under the indicator '' the customers that were looked at.
CREATE TABLE analytics_risk_days (
    day        date NOT NULL,
    indicator  text NOT NULL,
    tier       text NOT NULL,
    customers  bigint NOT NULL,
    PRIMARY KEY (day, indicator, tier)
);

-- One page of the customers that fit, as the list asks for them. Answers their ids in order, what each was sorted by, as text, and how many fit in all, which
-- is counted up to 10 001. Each statement is written for the filters that are there, so that it is planned for them. Up to 10 000 are gathered and sorted. Of
-- more, mostly enough stand near in the index that has the order; where they stand far off, all that fit are gone through.
CREATE FUNCTION lstep_customers_fit(
    asked jsonb, searched text, part text, sorted text, falling boolean, after_key text, after_id text, most integer, counted bigint,
    OUT ids text[], OUT keys text[], OUT total bigint) LANGUAGE plpgsql STABLE
-- The figures of those whom a search finds are looked up one by one: reading everybody's takes longer.
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    key text := CASE sorted WHEN 'id' THEN 'f.customer_id' WHEN 'name' THEN 'f.name' WHEN 'tagSince' THEN 'f.tag_since' WHEN 'overall' THEN 'f.overall'
        WHEN 'ltv' THEN 'coalesce(f.ltv, ''-Infinity'')' WHEN 'lastActivity' THEN 'coalesce(f.last_activity_at, ''-infinity'')' WHEN 'risk' THEN 'f.risks' END;
    kind text := CASE sorted WHEN 'tagSince' THEN 'timestamptz' WHEN 'lastActivity' THEN 'timestamptz' WHEN 'overall' THEN 'numeric'
        WHEN 'ltv' THEN 'numeric' WHEN 'risk' THEN 'smallint' ELSE 'text' END;
    falls text := CASE WHEN falling THEN 'DESC' ELSE 'ASC' END;
    behind text := CASE WHEN after_id IS NULL THEN 'true'
        WHEN sorted = 'id' THEN format('f.customer_id %s %L', CASE WHEN falling THEN '<' ELSE '>' END, after_id)
        ELSE format('(%s, f.customer_id) %s (%L::%s, %L)', key, CASE WHEN falling THEN '<' ELSE '>' END, after_key, kind, after_id) END;
    source text := 'customer_figures f';
    fits text := 'true'
        || coalesce(' AND f.tag = ' || quote_literal(asked ->> 'tag'), '')
        || coalesce(' AND f.tier = ' || quote_literal(asked ->> 'tier'), '')
        || coalesce(' AND f.owner <> '''' AND f.owner = ' || quote_literal(asked ->> 'owner'), '')
        || coalesce(' AND f.ltv IS NOT NULL AND coalesce(f.ltv, ''-Infinity'') >= ' || quote_literal(asked ->> 'minLtv'), '')
        || coalesce(' AND f.ltv IS NOT NULL AND coalesce(f.ltv, ''-Infinity'') <= ' || quote_literal(asked ->> 'maxLtv'), '')
        || coalesce(' AND f.enrolled_at >= ' || quote_literal(asked ->> 'enrolledFrom'), '')
        || coalesce(' AND f.enrolled_at < ' || quote_literal(asked ->> 'enrolledBefore'), '')
        || coalesce(' AND coalesce(f.last_activity_at, ''-infinity'') >= ' || quote_literal(asked ->> 'activeFrom'), '')
        || coalesce(' AND f.last_activity_at IS NOT NULL AND coalesce(f.last_activity_at, ''-infinity'') < ' || quote_literal(asked ->> 'activeBefore'), '')
        || coalesce(' AND lstep_facets(f.indicators, f.behaviors) @> ' || quote_literal(translate(asked ->> 'facets', '[]', '{}')), '')
        || coalesce(' AND lstep_facets(f.indicators, f.behaviors) && ' || quote_literal(translate(asked ->> 'anyFacet', '[]', '{}')), '');
    found text;
    chosen text;
    often bigint;
BEGIN
    total := counted;
    chosen := fits;
    IF searched IS NOT NULL THEN
        source := source || ' JOIN customer_search s USING (customer_id)';
        found := format('s.folded LIKE %L', lstep_fold(searched));
        -- Trigrams need three letters or digits. What many have is found as quickly by looking; what few have by its grams, of which the first are enough.
        IF lstep_fold(part) !~ '[A-Z0-9]{3}' OR to_regclass('customer_search_parts') IS NULL THEN
            EXECUTE format('SELECT count(*) FROM (SELECT folded FROM customer_search LIMIT 10000) AS s WHERE %s', found) INTO often;
            IF often < 500 THEN
                chosen := fits || format(' AND %s AND lstep_grams(s.folded) @> %L', found, lstep_grams(left(lstep_fold(part), 6)));
            ELSE
                chosen := fits || ' AND ' || found;
            END IF;
        ELSE
            chosen := fits || ' AND ' || found;
        END IF;
        IF fits = 'true' AND total IS NULL THEN
            EXECUTE format('SELECT count(*) FROM (SELECT FROM customer_search s WHERE %s LIMIT 10001) AS fit', substr(chosen, 10)) INTO total;
        END IF;
        fits := fits || ' AND ' || found;
    END IF;
    IF total IS NULL OR total <= 10000 THEN
        EXECUTE format(
            'WITH fit AS MATERIALIZED (SELECT f.customer_id, %1$s AS key, %2$s AS behind FROM %3$s WHERE %4$s LIMIT 10001),
            page AS MATERIALIZED (SELECT customer_id, key FROM fit WHERE behind AND $1 > 0 AND (SELECT count(*) FROM fit) <= 10000
                ORDER BY key %5$s, customer_id %5$s LIMIT $1)
            SELECT ARRAY(SELECT customer_id FROM page ORDER BY key %5$s, customer_id %5$s),
                ARRAY(SELECT key::text AS written FROM page ORDER BY key %5$s, customer_id %5$s), (SELECT count(*) FROM fit)',
            key, behind, source, chosen, falls) INTO ids, keys, total USING most;
        IF total <= 10000 OR most = 0 THEN RETURN; END IF;
    END IF;
    IF most = 0 THEN RETURN; END IF;
    EXECUTE format(
        'WITH page AS MATERIALIZED (
            SELECT f.customer_id, %1$s AS key
            FROM (SELECT * FROM customer_figures f WHERE %2$s ORDER BY %6$s f.customer_id %5$s LIMIT %7$s) AS %3$s
            WHERE %4$s
            ORDER BY %6$s f.customer_id %5$s LIMIT $1)
        SELECT ARRAY(SELECT customer_id FROM page ORDER BY key %5$s, customer_id %5$s),
            ARRAY(SELECT key::text AS written FROM page ORDER BY key %5$s, customer_id %5$s)',
        key, behind, substr(source, 18), fits, falls, CASE WHEN sorted = 'id' THEN '' ELSE format('%s %s,', key, falls) END,
        CASE WHEN searched IS NULL THEN 20000 ELSE 3000 END)
        INTO ids, keys USING most;
    IF cardinality(ids) = most THEN RETURN; END IF;
    EXECUTE format(
        'WITH page AS MATERIALIZED (
            SELECT customer_id, key FROM (SELECT f.customer_id, %1$s AS key FROM %3$s WHERE %4$s AND %2$s OFFSET 0) AS fit
            ORDER BY key %5$s, customer_id %5$s LIMIT $1)
        SELECT ARRAY(SELECT customer_id FROM page ORDER BY key %5$s, customer_id %5$s),
            ARRAY(SELECT key::text AS written FROM page ORDER BY key %5$s, customer_id %5$s)',
        key, behind, source, chosen, falls) INTO ids, keys USING most;
END $$;

-- As it was before; a pass makes the figures' own column right again.
CREATE OR REPLACE FUNCTION lstep_customers_fit(
    asked jsonb, searched text, part text, sorted text, falling boolean, after_key text, after_id text, most integer, counted bigint,
    OUT ids text[], OUT keys text[], OUT total bigint) LANGUAGE plpgsql STABLE
-- The figures of those whom a search finds are looked up one by one: reading everybody's takes longer.
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    key text := CASE sorted WHEN 'id' THEN 'f.customer_id' WHEN 'name' THEN 'f.name' WHEN 'tagSince' THEN 'f.tag_since' WHEN 'overall' THEN 'f.health'
        WHEN 'ltv' THEN 'coalesce(f.ltv, ''-Infinity'')' WHEN 'lastActivity' THEN 'coalesce(f.last_activity_at, ''-infinity'')' WHEN 'risk' THEN 'f.risks'
        WHEN 'churn' THEN 'coalesce(f.churn, ''-1'')' END;
    kind text := CASE sorted WHEN 'tagSince' THEN 'timestamptz' WHEN 'lastActivity' THEN 'timestamptz' WHEN 'overall' THEN 'numeric'
        WHEN 'ltv' THEN 'numeric' WHEN 'risk' THEN 'smallint' WHEN 'churn' THEN 'real' ELSE 'text' END;
    falls text := CASE WHEN falling THEN 'DESC' ELSE 'ASC' END;
    behind text := CASE WHEN after_id IS NULL THEN 'true'
        WHEN sorted = 'id' THEN format('f.customer_id %s %L', CASE WHEN falling THEN '<' ELSE '>' END, after_id)
        ELSE format('(%s, f.customer_id) %s (%L::%s, %L)', key, CASE WHEN falling THEN '<' ELSE '>' END, after_key, kind, after_id) END;
    base text := CASE WHEN sorted IN ('churn', 'overall') OR asked ? 'minChurn' OR asked ? 'maxChurn'
        THEN '(SELECT f.*, p.churn, p.overall AS health FROM customer_figures f JOIN customer_foresight p USING (customer_id))' ELSE 'customer_figures' END;
    source text := base || ' f';
    fits text := 'true'
        || coalesce(' AND f.tag = ' || quote_literal(asked ->> 'tag'), '')
        || coalesce(' AND f.tier = ' || quote_literal(asked ->> 'tier'), '')
        || coalesce(' AND f.owner <> '''' AND f.owner = ' || quote_literal(asked ->> 'owner'), '')
        || coalesce(' AND f.ltv IS NOT NULL AND coalesce(f.ltv, ''-Infinity'') >= ' || quote_literal(asked ->> 'minLtv'), '')
        || coalesce(' AND f.ltv IS NOT NULL AND coalesce(f.ltv, ''-Infinity'') <= ' || quote_literal(asked ->> 'maxLtv'), '')
        || coalesce(' AND f.churn IS NOT NULL AND coalesce(f.churn, ''-1'') >= ' || quote_literal(asked ->> 'minChurn'), '')
        || coalesce(' AND f.churn IS NOT NULL AND coalesce(f.churn, ''-1'') <= ' || quote_literal(asked ->> 'maxChurn'), '')
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
                chosen := fits || format(' AND lstep_grams(s.folded) @> %L AND s.folded || '''' LIKE %L', lstep_grams(left(lstep_fold(part), 6)), lstep_fold(searched));
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
            FROM (SELECT * FROM %8$s f WHERE %2$s ORDER BY %6$s f.customer_id %5$s LIMIT %7$s) AS %3$s
            WHERE %4$s
            ORDER BY %6$s f.customer_id %5$s LIMIT $1)
        SELECT ARRAY(SELECT customer_id FROM page ORDER BY key %5$s, customer_id %5$s),
            ARRAY(SELECT key::text AS written FROM page ORDER BY key %5$s, customer_id %5$s)',
        key, behind, substr(source, length(base) + 2), fits, falls, CASE WHEN sorted = 'id' THEN '' ELSE format('%s %s,', key, falls) END,
        CASE WHEN searched IS NULL THEN 20000 ELSE 3000 END, base)
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

ALTER TABLE daily_learning_metrics RESET (fillfactor);
ALTER TABLE customer_states ALTER COLUMN recent_ids SET STORAGE EXTENDED;
ALTER TABLE customer_figures_progress DROP COLUMN activity_through;
UPDATE customer_figures_progress SET day = NULL, pass_day = NULL, cursor = '';
CREATE INDEX customer_figures_active ON customer_figures ((coalesce(last_activity_at, '-infinity')), customer_id);
CREATE INDEX customer_figures_overall ON customer_figures (overall, customer_id);
CREATE INDEX customer_figures_due ON customer_figures (due_at) WHERE due_at IS NOT NULL;
ALTER TABLE customer_foresight DROP COLUMN last_activity_at;

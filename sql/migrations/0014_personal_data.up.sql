-- Batches over those of a tag, or over some customers. The version before takes one of them for a batch over everybody.
ALTER TABLE evaluation_batches
    ADD COLUMN tag      text,                           -- over those who had it when the batch became due
    ADD COLUMN listed   boolean NOT NULL DEFAULT false, -- over those in evaluation_batch_customers
    ADD COLUMN unknown  integer NOT NULL DEFAULT 0;     -- ids asked for that nobody has

-- Whom a listed batch is over, until it is finished.
CREATE TABLE evaluation_batch_customers (
    customer_id  text NOT NULL,
    batch_id     text NOT NULL,
    shard        smallint NOT NULL,
    PRIMARY KEY (customer_id, batch_id)
);
CREATE INDEX evaluation_batch_customers_page ON evaluation_batch_customers (batch_id, shard, customer_id);

-- Who could not be evaluated, and the code that says why.
CREATE TABLE evaluation_batch_errors (
    customer_id  text NOT NULL,
    batch_id     text NOT NULL,
    at           timestamptz NOT NULL,
    code         text NOT NULL,
    PRIMARY KEY (customer_id, batch_id)
);
CREATE INDEX evaluation_batch_errors_page ON evaluation_batch_errors (batch_id, customer_id);
CREATE INDEX evaluation_batch_errors_age ON evaluation_batch_errors (at);

-- Who was erased, as a keyed hash (HMAC-SHA256) of each id: what comes for one of them is refused. Nothing else tells who they were, and
-- nothing here leads to what was kept of them.
CREATE TABLE tombstones (
    hash  bytea PRIMARY KEY
);

-- What erasures removed and kept, without the person. The alias stands for the person in the rows that were kept.
CREATE TABLE erasures (
    receipt_id  text PRIMARY KEY,
    alias       text NOT NULL UNIQUE,
    erased_at   timestamptz NOT NULL,
    removed     jsonb NOT NULL,
    kept        jsonb NOT NULL
);

-- Ends the whole statement batch when one of its new customers was erased.
CREATE FUNCTION lstep_not_erased(hashes bytea[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM tombstones t WHERE t.hash = ANY (hashes)) THEN
        RAISE EXCEPTION 'a new customer was erased before' USING ERRCODE = 'LS002';
    END IF;
END $$;

-- Empties what of a kept row is about the person: every column that is not named as one which totals and cursors need, so that a column
-- that comes later is emptied, too.
CREATE FUNCTION lstep_emptied(owner regclass, needed text[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(format('%I = %s', a.attname, CASE
        WHEN NOT a.attnotnull THEN 'NULL'
        WHEN format_type(a.atttypid, NULL) IN ('json', 'jsonb') OR format_type(a.atttypid, NULL) LIKE '%[]' THEN '''{}'''
        WHEN format_type(a.atttypid, NULL) IN ('text', 'bytea') THEN ''''''
        ELSE quote_ident(a.attname) END), ', ')
    FROM pg_attribute a
    WHERE a.attrelid = owner AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (needed)
$$;

-- Tables with rows of customers: those with a column customer_id, partitions apart.
CREATE FUNCTION lstep_customer_tables() RETURNS TABLE (store text) LANGUAGE sql STABLE AS $$
    SELECT c.relname::text
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'customer_id' AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY c.relname
$$;

-- Removes a person's rows from every table, and puts an alias in the place of the person where the row is needed. Answers what came of
-- it; why is null where rows were removed.
CREATE FUNCTION lstep_erase_rows(person text, alias text, instant timestamptz, anonymous text[])
RETURNS TABLE (store text, rows bigint, why text) LANGUAGE plpgsql AS $$
DECLARE
    needed text[];
BEGIN
    why := 'Counts of moves and the order of the ledger need it; the id is replaced, reason and metadata are removed.';
    store := 'customer_status_assignments';
    needed := ARRAY['number', 'id', 'tag', 'previous_tag', 'at', 'due_at', 'rule_id', 'rule', 'rule_set_version', 'confidence', 'assigned_by', 'kind',
        'batch_id', 'undone_at', 'undoes'];
    EXECUTE format('UPDATE customer_status_assignments SET customer_id = $2, is_current = false, valid_until = CASE WHEN is_current THEN $3 ELSE valid_until END, %s WHERE customer_id = $1',
        lstep_emptied('customer_status_assignments', needed || ARRAY['customer_id', 'is_current', 'valid_until'])) USING person, alias, instant;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    why := 'Counts of reviews need it; the ids are replaced, reasons and notes are removed.';
    store := 'reviews';
    needed := ARRAY['from_tag', 'to_tag', 'rule_id', 'rule', 'confidence', 'opened_at', 'decided_by', 'transition_number', 'decision_number'];
    EXECUTE format('UPDATE reviews SET customer_id = $2, id = gen_random_uuid(), status = CASE WHEN status = ''open'' THEN ''withdrawn'' ELSE status END,
            decided_at = coalesce(decided_at, $3), close_reason = CASE WHEN status = ''open'' THEN ''erased'' ELSE close_reason END,
            change_id = nextval(pg_get_serial_sequence(''reviews'', ''change_id'')), %s WHERE customer_id = $1',
        lstep_emptied('reviews', needed || ARRAY['customer_id', 'id', 'status', 'decided_at', 'close_reason', 'change_id'])) USING person, alias, instant;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    why := 'The place of a batch under way needs it; the place before takes its place.';
    store := 'evaluation_batch_shards';
    UPDATE evaluation_batch_shards p
    SET cursor = CASE WHEN p.finished_at IS NULL THEN coalesce(
        (SELECT s.customer_id FROM customer_states s WHERE s.shard = p.shard AND s.customer_id < person ORDER BY s.customer_id DESC LIMIT 1), '') ELSE '' END
    WHERE cursor = person;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    why := 'The place of a backtest under way needs it; the place before takes its place.';
    store := 'backtest_shards';
    UPDATE backtest_shards p
    SET cursor = CASE WHEN p.finished_at IS NULL THEN coalesce(
        (SELECT s.customer_id FROM customer_states s WHERE s.shard = p.shard AND s.customer_id < person ORDER BY s.customer_id DESC LIMIT 1), '') ELSE '' END
    WHERE cursor = person;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    why := NULL;
    FOR store IN SELECT t.store FROM lstep_customer_tables() t
        WHERE t.store NOT IN ('customer_status_assignments', 'reviews') LOOP
        EXECUTE format('DELETE FROM %I WHERE customer_id = $1', store) USING person;
        GET DIAGNOSTICS rows = ROW_COUNT;
        RETURN NEXT;
    END LOOP;

    store := 'anonymous_activities';
    DELETE FROM anonymous_activities a WHERE a.anonymous_id = ANY (anonymous);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;
END $$;

-- A pattern that finds any of some words, without regard to case; short ones only where they stand alone.
CREATE FUNCTION lstep_pattern(words text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(CASE WHEN length(word) >= 8 THEN escaped ELSE '(?:^|[^[:alnum:]])' || escaped || '(?:[^[:alnum:]]|$)' END, '|')
    FROM (SELECT word, regexp_replace(word, '([^[:alnum:][:space:]])', '\\\1', 'g') AS escaped FROM unnest(words) AS word WHERE word <> '') AS given
$$;

-- Empties what of others' rows mentions a person: bodies of refused events, and what people changed.
CREATE FUNCTION lstep_erase_mentions(person text, alias text, words text[], rejected_after bigint)
RETURNS TABLE (store text, rows bigint, why text) LANGUAGE plpgsql AS $$
DECLARE
    pattern text := lstep_pattern(words);
BEGIN
    why := 'The refusal is of somebody else or of nobody; the body that mentions the person is removed.';
    store := 'rejected_events';
    UPDATE rejected_events r SET body = '', message_id = NULL, customer_id = NULL
    WHERE r.id > rejected_after AND r.customer_id IS DISTINCT FROM person
        AND (r.body ~* pattern OR r.message_id ~* pattern OR r.customer_id = ANY (words));
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    why := 'The log of changes says who did what and when; the id is replaced, what was changed is removed.';
    store := 'audit_log';
    UPDATE audit_log l
    SET target = CASE WHEN l.target = person THEN alias WHEN l.target ~* pattern THEN '' ELSE l.target END, before = NULL, after = NULL, reason = NULL
    WHERE l.target = person OR l.target ~* pattern OR l.before::text ~* pattern OR l.after::text ~* pattern OR l.reason ~* pattern;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;
END $$;

-- The rows of a customer in one table as JSON, names in camelCase, bytes in base64.
CREATE FUNCTION lstep_export(owner text, person text) RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
DECLARE
    columns text;
BEGIN
    SELECT string_agg(format('%s AS %I', CASE WHEN format_type(a.atttypid, NULL) = 'bytea' THEN format('encode(%I, ''base64'')', a.attname)
            ELSE quote_ident(a.attname) END,
        lower(left(a.attname, 1)) || substr(replace(initcap(replace(a.attname, '_', ' ')), ' ', ''), 2)), ', ' ORDER BY a.attnum)
    INTO columns
    FROM pg_attribute a WHERE a.attrelid = owner::regclass AND a.attnum > 0 AND NOT a.attisdropped;
    RETURN QUERY EXECUTE format('SELECT row_to_json(r)::text FROM (SELECT %s FROM %I WHERE customer_id = $1) r', columns, owner) USING person;
END $$;

-- What is left of months of the activities log that were cut: of each event a hash of its message id, so that an import of it is known as
-- a duplicate for ever. Whoever has a row here cannot be counted again from the log.
CREATE TABLE cut_logs (
    customer_id  text NOT NULL,
    month        date NOT NULL,
    hashes       bigint[] NOT NULL,            -- hashtextextended(message_id, 0)
    PRIMARY KEY (customer_id, month)
);

-- Cuts the months of the activities log that ended before an instant, as far as the daily rows have followed them; answers their names.
-- Remembers from which instant on the log is whole.
CREATE FUNCTION lstep_cut_activities(instant timestamptz) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    partition text;
    month date;
    followed boolean;
BEGIN
    IF NOT pg_try_advisory_xact_lock(5020260015) THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(5020260002);
    FOR partition IN
        SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'activities'::regclass ORDER BY c.relname LOOP
        month := to_date(right(partition, 7), 'YYYY_MM');
        CONTINUE WHEN (month + interval '1 month')::timestamp AT TIME ZONE 'UTC' > instant;
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I WHERE xid >= (SELECT through FROM daily_metrics_progress))', partition) INTO followed;
        CONTINUE WHEN NOT followed;
        EXECUTE format(
            'INSERT INTO cut_logs (customer_id, month, hashes)
             SELECT customer_id, %L, array_agg(hashtextextended(message_id, 0)) FROM %I GROUP BY customer_id
             ON CONFLICT (customer_id, month) DO UPDATE SET hashes = cut_logs.hashes || excluded.hashes', month, partition);
        EXECUTE format('ALTER TABLE activities DETACH PARTITION %I', partition);
        EXECUTE format('DROP TABLE %I', partition);
        INSERT INTO settings (name, value) VALUES ('log_whole_from', to_char(month + interval '1 month', 'YYYY-MM-DD'))
        ON CONFLICT (name) DO UPDATE SET value = greatest(settings.value, excluded.value);
        RETURN NEXT partition;
    END LOOP;
END $$;

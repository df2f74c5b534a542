-- What a process says of its own load with each beat. The version before beats without it: what is older than the beat itself is nobody's present load.
ALTER TABLE nodes ADD COLUMN load jsonb, ADD COLUMN load_at timestamptz;

-- A text as it was before it became part of an address; as it is where that cannot be told.
CREATE FUNCTION lstep_decoded(written text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT coalesce(convert_from(decode(string_agg(
                CASE WHEN part[1] ~ '^%[0-9A-Fa-f]{2}$' THEN substr(part[1], 2) ELSE encode(convert_to(part[1], 'UTF8'), 'hex') END, '' ORDER BY n), 'hex'), 'UTF8'), '')
        FROM regexp_matches(replace(written, '+', ' '), '%[0-9A-Fa-f]{2}|[^%]+|%', 'g') WITH ORDINALITY AS parts (part, n));
EXCEPTION WHEN OTHERS THEN
    RETURN written;
END $$;

-- What is left of a query string without the parts that name somebody. An amount or a day names nobody, though it may be the number that is somebody's id; a name
-- that is spread over several parts takes all of them with it.
CREATE FUNCTION lstep_unnamed(filter text, pattern text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
    SELECT CASE WHEN texts ~* pattern OR lstep_decoded(texts) ~* pattern THEN '' ELSE kept END
    FROM (
        SELECT coalesce(string_agg(part, '&' ORDER BY n) FILTER (WHERE harmless OR NOT named), '') AS kept,
            coalesce(string_agg(part, '&' ORDER BY n) FILTER (WHERE NOT harmless AND NOT named), '') AS texts
        FROM (
            SELECT part, n, part ~ '^\??(minLtv|maxLtv|(enrolled|active)(From|To))=[-0-9.]*$' AS harmless,
                part ~* pattern OR lstep_decoded(part) ~* pattern AS named
            FROM string_to_table(filter, '&') WITH ORDINALITY AS parts (part, n)) AS parts) AS sums);

-- Empties what of others' rows mentions a person: bodies of refused events, what people keep of a list, and what people changed.
CREATE OR REPLACE FUNCTION lstep_erase_mentions(person text, alias text, words text[], rejected_after bigint)
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

    why := NULL;
    store := 'saved_views';
    DELETE FROM saved_views v WHERE v.name ~* pattern;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    why := 'The view of a list is of somebody of the team; what of its filter and columns names the person is removed.';
    UPDATE saved_views v SET filter = after.filter, columns = after.columns
    FROM (
        SELECT owner_id, name, lstep_unnamed(s.filter, pattern) AS filter,
            ARRAY(SELECT c FROM unnest(s.columns) WITH ORDINALITY AS chosen (c, n) WHERE c !~* pattern ORDER BY n) AS columns
        FROM saved_views s) AS after
    WHERE v.owner_id = after.owner_id AND v.name = after.name AND (v.filter, v.columns) IS DISTINCT FROM (after.filter, after.columns);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    why := 'The log of changes says who did what and when; the id is replaced, what was changed is removed.';
    store := 'audit_log';
    UPDATE audit_log l
    SET target = CASE WHEN l.target = person THEN alias WHEN l.target ~* pattern THEN '' ELSE l.target END, before = NULL, after = NULL, reason = NULL
    WHERE l.target = person OR l.target ~* pattern OR l.before::text ~* pattern OR l.after::text ~* pattern OR l.reason ~* pattern
        OR l.what LIKE 'view.%' AND (lstep_decoded(l.before::text) ~* pattern OR lstep_decoded(l.after::text) ~* pattern);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;
END $$;

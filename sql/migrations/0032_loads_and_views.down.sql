ALTER TABLE nodes DROP COLUMN load, DROP COLUMN load_at;

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

    why := 'The log of changes says who did what and when; the id is replaced, what was changed is removed.';
    store := 'audit_log';
    UPDATE audit_log l
    SET target = CASE WHEN l.target = person THEN alias WHEN l.target ~* pattern THEN '' ELSE l.target END, before = NULL, after = NULL, reason = NULL
    WHERE l.target = person OR l.target ~* pattern OR l.before::text ~* pattern OR l.after::text ~* pattern OR l.reason ~* pattern;
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;
END $$;
DROP FUNCTION lstep_unnamed(text, text);
DROP FUNCTION lstep_decoded(text);

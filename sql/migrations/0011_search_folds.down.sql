DO $$
DECLARE
    folded text := 'lower(upper($1))';
BEGIN
    IF EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu') THEN
        folded := 'lower(upper($1 COLLATE "und-x-icu") COLLATE "und-x-icu")';
    END IF;
    IF current_setting('server_encoding') = 'UTF8' THEN
        -- A dot above that is left of İ goes.
        folded := format('replace(%s, U&''\0307'', '''')', replace(folded, '$1', 'normalize($1, NFC)'));
    END IF;
    -- Most names have no other letters than A to Z, and need none of it.
    EXECUTE format(
        'CREATE OR REPLACE FUNCTION lstep_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN '
        'CASE WHEN octet_length($1) = char_length($1) THEN lower($1 COLLATE "C") ELSE (%s) COLLATE "C" END', folded);
END $$;

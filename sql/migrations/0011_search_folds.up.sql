-- Searching folds to the upper case of the lower case, no longer the other way round: ẞ is SS too, and a sigma at the end of what is asked is the one inside a
-- word. An index that somebody made of it has to be made again.
DO $$
DECLARE
    folded text := 'upper(lower($1))';
BEGIN
    IF EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu') THEN
        folded := 'upper(lower($1 COLLATE "und-x-icu") COLLATE "und-x-icu")';
    END IF;
    IF current_setting('server_encoding') = 'UTF8' THEN
        -- A dot above that is left of İ goes.
        folded := format('replace(%s, U&''\0307'', '''')', replace(folded, '$1', 'normalize($1, NFC)'));
    END IF;
    -- Most names have no other letters than A to Z, and need none of it.
    EXECUTE format(
        'CREATE OR REPLACE FUNCTION lstep_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN '
        'CASE WHEN octet_length($1) = char_length($1) THEN upper($1 COLLATE "C") ELSE (%s) COLLATE "C" END', folded);
END $$;

-- What strangers make us keep is bounded: bytes of refused and anonymous events by key and UTC day. Several rows a key and day, so that
-- requests of one busy key do not wait for each other.
CREATE TABLE kept_bytes (
    kind      text NOT NULL,              -- rejected or anonymous
    key_id    text NOT NULL,              -- the public handle of a write key; '' for what no request brought
    day       date NOT NULL,
    slot      smallint NOT NULL,
    bytes     bigint NOT NULL DEFAULT 0,
    not_kept  bigint NOT NULL DEFAULT 0,  -- events that found no room
    PRIMARY KEY (kind, key_id, day, slot)
) WITH (fillfactor = 50);

-- The one rejected event that says of a kind, key and day that more came than is kept.
CREATE TABLE kept_summaries (
    kind         text NOT NULL,
    key_id       text NOT NULL,
    day          date NOT NULL,
    rejected_id  bigint NOT NULL,
    PRIMARY KEY (kind, key_id, day)
);

-- The packed columns of a customer, or nulls where they have more bytes than anybody reads at once; texts is what the others have, and
-- read_bytes what whoever reads it gets. What
-- is large when packed is not unpacked to be measured.
CREATE FUNCTION lstep_within(bytea, bytea, json, bytea, texts integer, bytes_max bigint)
RETURNS TABLE (state bytea, recent_ids bytea, traits json, trait_stamps bytea, bytes bigint, read_bytes bigint) LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN size.bytes <= $6 THEN $1 END, CASE WHEN size.bytes <= $6 THEN $2 END, CASE WHEN size.bytes <= $6 THEN $3 END,
        CASE WHEN size.bytes <= $6 THEN $4 END, size.bytes, CASE WHEN size.bytes <= $6 THEN size.bytes ELSE 0 END
    FROM (
        SELECT octet_length($1)::bigint + octet_length($2) + octet_length($4) + $5
            + CASE
                WHEN pg_column_compression($3) IS NULL THEN pg_column_size($3)
                WHEN pg_column_size($3) > $6 / 2 THEN $6 + 1
                ELSE octet_length($3::text)
            END AS bytes
    ) AS size
$$;

-- Statements of the xAPI door, as they are given back. They are appended and, but for what follows here, never changed.
CREATE TABLE xapi_statements (
    customer_id   text NOT NULL,                    -- whom the actor names; empty where it names a group
    realm         text NOT NULL,                    -- the name of the write key: what other keys wrote is not seen
    statement_id  uuid NOT NULL,
    number        bigint GENERATED ALWAYS AS IDENTITY,
    stored        timestamptz NOT NULL,
    told_at       timestamptz,                      -- the timestamp, where the sender gave one
    fingerprint   bytea NOT NULL,                   -- of what has to be equal in a statement that is sent again
    recorded      boolean NOT NULL DEFAULT false,   -- its activity is in the log: only then is it acknowledged and given back
    voids         boolean NOT NULL DEFAULT false,
    target        uuid,                             -- the statement that it is about
    keys          bigint[] NOT NULL,                -- hashes of what it can be found by
    target_keys   bigint[] NOT NULL DEFAULT '{}',   -- those of the statement that it is about, and of the one which that is about
    statement     json NOT NULL,
    PRIMARY KEY (customer_id, realm, statement_id)
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX xapi_statements_id ON xapi_statements (realm, statement_id);
CREATE INDEX xapi_statements_stored ON xapi_statements (realm, stored, number);
CREATE INDEX xapi_statements_target ON xapi_statements (realm, target) WHERE target IS NOT NULL;
CREATE INDEX xapi_statements_keys ON xapi_statements USING gin (keys);
CREATE INDEX xapi_statements_target_keys ON xapi_statements USING gin (target_keys) WHERE target IS NOT NULL;

-- People whom a statement of somebody else names: instructors, members of a team, whom it is about. An erasure finds it by them.
CREATE TABLE xapi_mentions (
    customer_id   text NOT NULL,
    realm         text NOT NULL,
    statement_id  uuid NOT NULL,
    PRIMARY KEY (customer_id, realm, statement_id)
);

-- States and profiles that players keep.
CREATE TABLE xapi_documents (
    customer_id   text NOT NULL,                    -- whom the agent names; empty for a profile of an activity, or for a group
    place         bytea NOT NULL,                   -- hash of realm, resource, agent and activity
    registration  text NOT NULL,                    -- empty without one
    document_id   text NOT NULL,                    -- stateId or profileId
    activity_id   text,
    content_type  text NOT NULL,
    content       bytea NOT NULL,
    etag          text NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (customer_id, place, registration, document_id)
);
CREATE UNIQUE INDEX xapi_documents_place ON xapi_documents (place, registration, document_id);

-- Players name people by their address. Equality is all that is asked, and an address of any length fits.
CREATE INDEX customers_email ON customers USING hash (lower(email));

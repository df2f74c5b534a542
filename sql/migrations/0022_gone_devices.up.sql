-- Devices that a push service said are gone for good: a token that is named here is not tried again, however often it is sent.
CREATE TABLE gone_devices (
    customer_id text NOT NULL,
    token_hash  bytea NOT NULL,       -- SHA-256
    at          timestamptz NOT NULL,
    PRIMARY KEY (customer_id, token_hash)
);

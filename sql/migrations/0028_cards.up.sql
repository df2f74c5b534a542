-- Links to read-only cards with the figures of now, for other pages to embed. Their secrets are known by their SHA-256 only.
CREATE TABLE cards (
    id          text PRIMARY KEY,
    hash        bytea NOT NULL UNIQUE,
    name        text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  text NOT NULL,
    expires_at  timestamptz
);

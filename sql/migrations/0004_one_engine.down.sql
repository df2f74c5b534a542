ALTER TABLE nodes ALTER COLUMN engine DROP DEFAULT;

CREATE TABLE grain_storage (
    grain_type  text NOT NULL,
    grain_key   text NOT NULL,
    name        text NOT NULL,
    version     bigint NOT NULL,
    state       jsonb NOT NULL,
    PRIMARY KEY (grain_type, grain_key, name)
);

CREATE TABLE grain_reminders (
    grain_type  text NOT NULL,
    grain_key   text NOT NULL,
    name        text NOT NULL,
    first_due   timestamptz NOT NULL,
    period_ms   bigint NOT NULL,
    etag        text NOT NULL,
    PRIMARY KEY (grain_type, grain_key, name)
);

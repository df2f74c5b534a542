-- The event catalogue: names of track events, how often they came, and what operators decided about them. The version before knows
-- nothing of it and runs on.
CREATE TABLE event_names (
    key            text PRIMARY KEY,           -- the name without case, spaces, _ and -; '' for all that found no room
    name           text NOT NULL,              -- the spelling first seen
    count          bigint NOT NULL,
    first_seen_at  timestamptz NOT NULL,
    last_seen_at   timestamptz NOT NULL,
    activity       smallint,                   -- activities.type that an operator decided on; null where nobody did
    changed_at     timestamptz,
    changed_by     text
);
CREATE INDEX event_names_decided ON event_names (key) WHERE activity IS NOT NULL;

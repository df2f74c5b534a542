-- The one table of a plain service that only keeps events.
CREATE TABLE IF NOT EXISTS peer_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id text NOT NULL,
    user_id text NOT NULL,
    type text NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    name text,
    properties json NOT NULL
)

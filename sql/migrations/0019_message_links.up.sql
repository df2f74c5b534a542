-- What links in messages are signed with (HMAC-SHA256), made once for the installation: links that were sent have to work for ever.
CREATE TABLE message_link_key (
    single  boolean PRIMARY KEY DEFAULT true CHECK (single),
    key     bytea NOT NULL
);

-- What became of a message that was sent: one row for each kind of event of an action, people and machines apart.
CREATE TABLE message_events (
    customer_id  text NOT NULL,
    action_id    bigint NOT NULL,
    event        smallint NOT NULL,    -- 0 delivered, 1 opened, 2 clicked, 3 bounced, 4 complained, 5 unsubscribed, 6 converted
    machine      boolean NOT NULL,     -- by a privacy proxy or a link scanner: counts in no rate
    times        integer NOT NULL,
    first_at     timestamptz NOT NULL,
    last_at      timestamptz NOT NULL,
    last_link    bigint,               -- of a click: hash of the link that was followed last
    PRIMARY KEY (customer_id, action_id, event, machine)
);

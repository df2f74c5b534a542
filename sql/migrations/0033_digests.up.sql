-- What was said, paid and opened before the figures by week were kept. In a migration of its own: the triggers are at work by now, and
-- nobody who writes waits for this.
INSERT INTO customer_signals (customer_id, version, sequence, kind, at, value, currency)
SELECT a.customer_id, a.version, a.sequence, a.type, a.occurred_at, CASE WHEN a.type = 15 THEN paid.amount ELSE a.score END, paid.currency
FROM activities a
LEFT JOIN LATERAL lstep_amount(a.properties) AS paid ON a.type = 15
WHERE a.type IN (13, 14, 15)
ON CONFLICT DO NOTHING;

INSERT INTO weekly_changed (customer_id)
SELECT customer_id FROM customer_signals
UNION
SELECT customer_id FROM message_events WHERE event IN (1, 2, 6) AND NOT machine;

-- The mail of each morning, one a recipient and business day: whoever sends it has its row first. Times are the database's.
CREATE TABLE digests (
    day          date NOT NULL,
    recipient    text NOT NULL,            -- a mail address
    key          uuid NOT NULL,            -- of the mail, the same in every try
    status       text NOT NULL,            -- sending, waiting (to be tried again), sent, failed, uncertain
    tries        integer NOT NULL,
    due_at       timestamptz NOT NULL,     -- when it is tried next
    lease_until  timestamptz,              -- how long it counts as being sent
    sent_at      timestamptz,
    reason       text,
    PRIMARY KEY (day, recipient)
);

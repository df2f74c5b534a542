-- Projected value, revenue by status, and what campaigns bring in. Payments by status and day are kept with the figures by week (measure
-- 'paid'); what the version before counts there is counted as before.

-- Whether a payment counts: one of an amount that could be read, in the installation's currency or in none that was told.
CREATE FUNCTION lstep_counts(value numeric, currency text) RETURNS boolean LANGUAGE sql STABLE RETURN
    value > 0 AND (coalesce(currency, '') = '' OR coalesce((SELECT c.value FROM settings c WHERE c.name = 'currency'), '') IN ('', currency));

-- A customer's payments, by customer: of signals of all kinds the few that are payments.
CREATE INDEX customer_signals_paid ON customer_signals (customer_id, at) WHERE kind = 15 AND value > 0;

-- What some customers add to the figures by week. zone is the business zone; payments of another currency than the installation's are
-- left out, where it has one. What was said counts for the tag of then, a message for the tag that it was sent for.
CREATE OR REPLACE FUNCTION lstep_weekly(ids text[], zone text)
RETURNS TABLE (customer_id text, measure text, day date, tag text, value smallint, count bigint) LANGUAGE sql STABLE AS $$
    WITH said AS (
        SELECT s.customer_id, s.kind, s.at, s.value, s.currency, (s.at AT TIME ZONE lstep_weekly.zone)::date AS day,
            coalesce(
                (SELECT l.tag FROM customer_status_assignments l WHERE l.customer_id = s.customer_id AND l.due_at <= s.at ORDER BY l.number DESC LIMIT 1),
                (SELECT l.tag FROM customer_status_assignments l WHERE l.customer_id = s.customer_id ORDER BY l.number LIMIT 1), '') AS tag
        FROM customer_signals s
        WHERE s.customer_id = ANY (ids)
    ), facts AS (
        SELECT s.customer_id, 'nps' AS measure, s.day, s.tag, CASE WHEN s.value >= 9 THEN 1 WHEN s.value < 7 THEN -1 ELSE 0 END AS value, 1 AS count
        FROM said s WHERE s.kind = 13 AND s.value IS NOT NULL
        UNION ALL
        SELECT s.customer_id, 'tickets', s.day, s.tag, 0, 1 FROM said s WHERE s.kind = 14
        UNION ALL
        SELECT s.customer_id, 'paid', s.day, s.tag, 0, round(s.value * 100) FROM said s WHERE s.kind = 15 AND lstep_counts(s.value, s.currency)
        UNION ALL
        SELECT s.customer_id, 'revenue_kept', s.day, '', 0, round(s.value * 100)
        FROM said s
        WHERE s.kind = 15 AND lstep_counts(s.value, s.currency)
            AND EXISTS (
                SELECT FROM customer_status_assignments r
                WHERE r.customer_id = s.customer_id AND r.previous_tag IN ('ST_004', 'ST_005') AND r.tag IN ('ST_001', 'ST_002')
                    AND r.undone_at IS NULL AND r.kind NOT IN (2, 6) AND s.at >= r.due_at AND s.at <= r.due_at + interval '90 days')
        UNION ALL
        SELECT m.customer_id, CASE m.event WHEN 1 THEN 'opened' WHEN 2 THEN 'clicked' ELSE 'converted' END,
            (m.first_at AT TIME ZONE lstep_weekly.zone)::date, coalesce(a.tag, ''), 0, 1
        FROM message_events m
        JOIN campaign_actions a ON a.customer_id = m.customer_id AND a.id = m.action_id
        WHERE m.customer_id = ANY (ids) AND m.event IN (1, 2, 6) AND NOT m.machine AND m.times > 0
    )
    SELECT f.customer_id, f.measure, f.day, f.tag, f.value::smallint, sum(f.count)::bigint
    FROM facts f
    GROUP BY f.customer_id, f.measure, f.day, f.tag, f.value
$$;

-- Payments of before this migration are counted, too.
INSERT INTO weekly_changed (customer_id) SELECT DISTINCT customer_id FROM customer_signals WHERE kind = 15 AND value > 0;

-- What the payments of everybody say of those to come, fitted once a business day.
CREATE TABLE value_models (
    day      date PRIMARY KEY,              -- the business day as of which it was fitted
    made_at  timestamptz NOT NULL,
    payers   integer NOT NULL,
    model    jsonb NOT NULL
);

-- What customers are expected to pay within a year, by business day, status and tier: sums, of nobody by name.
CREATE TABLE value_days (
    day        date NOT NULL,
    tag        text NOT NULL,
    tier       text NOT NULL,               -- '' for none
    customers  bigint NOT NULL,             -- those who have ever paid
    value      double precision NOT NULL,
    variance   double precision NOT NULL,   -- of their sum, were the model certain
    together   double precision NOT NULL,   -- what the sum moves by when the model is one standard error off
    PRIMARY KEY (day, tag, tier)
);

-- A start of a campaign whose 90 days are over: what the customer paid in them, and what was sent for it. A customer's starts of one campaign
-- lie 90 days apart or more, so that no payment counts twice.
CREATE TABLE campaign_payments (
    customer_id  text NOT NULL,
    campaign     text NOT NULL,
    day          date NOT NULL,             -- the business day of the start
    held_out     boolean NOT NULL,
    paid         numeric NOT NULL,
    sent         integer[] NOT NULL,        -- messages by channel, the first one that of number 0
    PRIMARY KEY (customer_id, campaign, day)
);
CREATE INDEX campaign_payments_day ON campaign_payments (campaign, day);

CREATE TABLE campaign_payment_days (
    campaign  text NOT NULL,
    day       date NOT NULL,
    held_out  boolean NOT NULL,
    starts    bigint NOT NULL,
    paid      numeric NOT NULL,
    squares   numeric NOT NULL,
    sent      bigint[] NOT NULL,
    PRIMARY KEY (campaign, day, held_out)
);

-- Up to which business day the starts of each campaign are looked at.
CREATE TABLE campaign_payment_progress (
    campaign  text PRIMARY KEY,
    through   date NOT NULL
);

-- Days whose sums are to be made again, because somebody of them was erased.
CREATE TABLE campaign_payment_changes (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign  text NOT NULL,
    day       date NOT NULL
);

CREATE FUNCTION lstep_campaign_payment_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO campaign_payment_changes (campaign, day) VALUES (OLD.campaign, OLD.day);
    RETURN NULL;
END $$;
CREATE TRIGGER campaign_payment_removed AFTER DELETE ON campaign_payments FOR EACH ROW EXECUTE FUNCTION lstep_campaign_payment_removed();

-- What sends and incentives cost, as people set it; what is not here costs nothing.
CREATE TABLE campaign_costs (
    kind        text NOT NULL CHECK (kind IN ('channel', 'campaign')),
    name        text NOT NULL,
    amount      numeric NOT NULL CHECK (amount >= 0),
    changed_at  timestamptz NOT NULL,
    changed_by  text NOT NULL,
    PRIMARY KEY (kind, name)
);

-- What people decided and completed, by time.
CREATE INDEX reviews_decided ON reviews (decided_at) WHERE status IN ('approved', 'rejected');
CREATE INDEX campaign_tasks_completed ON campaign_tasks (completed_at) WHERE completed_at IS NOT NULL;

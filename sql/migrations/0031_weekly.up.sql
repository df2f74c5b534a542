-- Figures by week: opens, clicks and conversions of messages, answers to the NPS question and support tickets per tag, and payments after a
-- recovery. What a customer adds is computed from all that is stored of it (lstep_weekly), and the difference to what was added before goes
-- to weekly_days. Triggers note whose is to be computed again, also of what the version before writes.

-- What customers say and pay, apart from the log: it stays when months of the log are cut.
CREATE TABLE customer_signals (
    customer_id  text NOT NULL,
    version      bigint NOT NULL,          -- with sequence the entry's place in the log
    sequence     integer NOT NULL,
    kind         smallint NOT NULL,        -- of the activity: 13 NPS answer, 14 support ticket, 15 payment
    at           timestamptz NOT NULL,
    value        numeric,                  -- the score, or the amount; null where none could be read
    currency     text,                     -- of the amount, in capitals
    PRIMARY KEY (customer_id, version, sequence)
);

-- What was added for each customer.
CREATE TABLE weekly_counted (
    customer_id  text NOT NULL,
    measure      text NOT NULL,            -- opened, clicked, converted, nps, tickets, revenue_kept
    day          date NOT NULL,            -- a business day
    tag          text NOT NULL,            -- '' where it says nothing
    value        smallint NOT NULL,        -- nps: 1 promoter, 0, -1 detractor
    count        bigint NOT NULL,          -- of revenue_kept hundredths of the currency
    PRIMARY KEY (customer_id, measure, day, tag, value)
);

CREATE TABLE weekly_days (
    measure  text NOT NULL,
    day      date NOT NULL,
    tag      text NOT NULL,
    value    smallint NOT NULL,
    count    bigint NOT NULL,
    PRIMARY KEY (measure, day, tag, value)
) WITH (fillfactor = 70);

-- Whose figures are to be computed again. A row is deleted when it is done, so that no order of commits passes one over.
CREATE TABLE weekly_changed (
    customer_id  text NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX weekly_changed_id ON weekly_changed (id);

-- What is to be taken off again, of persons who were erased, without the person.
CREATE TABLE weekly_removed (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    measure  text NOT NULL,
    day      date NOT NULL,
    tag      text NOT NULL,
    value    smallint NOT NULL,
    count    bigint NOT NULL
);

-- The amount of a payment and its currency, as far as they can be read: whatever a sender wrote there, its payment is taken.
CREATE FUNCTION lstep_amount(properties json, OUT amount numeric, OUT currency text) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    written text := properties ->> 'amount';
BEGIN
    IF written ~ '^\s*\+?\d{1,12}(\.\d{1,12})?([eE]\+?[0-9])?\s*$' THEN amount := written::numeric; END IF;
    IF amount > 1000000000 THEN amount := NULL; END IF;
    currency := upper(left(btrim(properties ->> 'currency'), 3));
EXCEPTION WHEN OTHERS THEN
    amount := NULL;
    currency := NULL;
END $$;

CREATE FUNCTION lstep_weekly_signal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid record;
BEGIN
    IF NEW.type = 15 THEN
        SELECT * INTO paid FROM lstep_amount(NEW.properties);
        INSERT INTO customer_signals (customer_id, version, sequence, kind, at, value, currency)
        VALUES (NEW.customer_id, NEW.version, NEW.sequence, NEW.type, NEW.occurred_at, paid.amount, paid.currency) ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO customer_signals (customer_id, version, sequence, kind, at, value)
        VALUES (NEW.customer_id, NEW.version, NEW.sequence, NEW.type, NEW.occurred_at, NEW.score) ON CONFLICT DO NOTHING;
    END IF;
    INSERT INTO weekly_changed (customer_id) VALUES (NEW.customer_id);
    RETURN NULL;
END $$;
CREATE TRIGGER weekly_signal AFTER INSERT ON activities FOR EACH ROW WHEN (NEW.type IN (13, 14, 15)) EXECUTE FUNCTION lstep_weekly_signal();

CREATE FUNCTION lstep_weekly_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO weekly_changed (customer_id) VALUES (NEW.customer_id);
    RETURN NULL;
END $$;
CREATE TRIGGER weekly_message AFTER INSERT ON message_events FOR EACH ROW
    WHEN (NEW.event IN (1, 2, 6) AND NOT NEW.machine) EXECUTE FUNCTION lstep_weekly_changed();
CREATE TRIGGER weekly_message_changed AFTER UPDATE ON message_events FOR EACH ROW
    WHEN (NEW.event IN (1, 2, 6) AND NOT NEW.machine AND NEW.customer_id = OLD.customer_id
        AND ((OLD.times > 0) <> (NEW.times > 0) OR OLD.first_at <> NEW.first_at)) EXECUTE FUNCTION lstep_weekly_changed();

-- Another row of the ledger may change the tag of what was said before, and which payment follows a recovery.
CREATE FUNCTION lstep_weekly_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM customer_signals s WHERE s.customer_id = NEW.customer_id) THEN
        INSERT INTO weekly_changed (customer_id) VALUES (NEW.customer_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER weekly_moved AFTER INSERT ON customer_status_assignments FOR EACH ROW EXECUTE FUNCTION lstep_weekly_moved();

CREATE FUNCTION lstep_weekly_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO weekly_removed (measure, day, tag, value, count) VALUES (OLD.measure, OLD.day, OLD.tag, OLD.value, OLD.count);
    RETURN NULL;
END $$;
CREATE TRIGGER weekly_removed AFTER DELETE ON weekly_counted FOR EACH ROW EXECUTE FUNCTION lstep_weekly_removed();

-- What some customers add to the figures by week. zone is the business zone; payments of another currency than the installation's are
-- left out, where it has one. What was said counts for the tag of then, a message for the tag that it was sent for.
CREATE FUNCTION lstep_weekly(ids text[], zone text)
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
        SELECT s.customer_id, 'revenue_kept', s.day, '', 0, round(s.value * 100)
        FROM said s
        WHERE s.kind = 15 AND s.value > 0 AND (coalesce(s.currency, '') = ''
                OR coalesce((SELECT c.value FROM settings c WHERE c.name = 'currency'), '') IN ('', s.currency))
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

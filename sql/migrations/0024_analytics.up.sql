-- Figures by business day, so that no page of analytics scans the ledger. One worker keeps them: it computes what a customer contributes
-- from the customer's whole chain and adds the difference to what was added before. The version before knows nothing of them; what it
-- writes is counted all the same, because the ledger is followed by id and all else is noted by triggers.
CREATE TABLE analytics_days (
    measure   text NOT NULL,
    day       date NOT NULL,             -- a business day
    tier      text NOT NULL,             -- the customer's present tier; '' for none
    level     text NOT NULL,             -- engagement of its first 28 days: low, medium, high; '' until they are over
    from_tag  text NOT NULL,             -- '' where it says nothing
    to_tag    text NOT NULL,
    value     integer NOT NULL,
    count     bigint NOT NULL,
    PRIMARY KEY (measure, day, tier, level, from_tag, to_tag, value)
) WITH (fillfactor = 70);

-- What was added for each customer, packed, and for which tier and level it was.
CREATE TABLE analytics_customers (
    customer_id    text PRIMARY KEY,
    tier           text NOT NULL,
    level          text NOT NULL,
    start_day      date,                 -- the business day of the start; null once the person was erased
    ledger         bigint NOT NULL,      -- the id of the last ledger row that is in it
    contributions  bytea NOT NULL
);
CREATE INDEX analytics_customers_level ON analytics_customers (start_day) WHERE level = '';

-- How far the figures follow the ledger: one row. Who works on them holds its lock.
CREATE TABLE analytics_progress (
    singleton  boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    ledger     bigint NOT NULL           -- ledger rows up to this id are counted
);
INSERT INTO analytics_progress (ledger) VALUES (0);

-- Whose figures are to be computed afresh for another reason than a new ledger row. A row is deleted when it is done, so that no order of
-- commits passes one over; and each change has its own, so that nobody waits for the worker.
CREATE TABLE analytics_changed (
    customer_id  text NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX analytics_changed_id ON analytics_changed (id);

-- What is to be taken off again, of persons who were erased: counts by day, without the person.
CREATE TABLE analytics_removed (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tier           text NOT NULL,
    level          text NOT NULL,
    contributions  bytea NOT NULL
);

CREATE FUNCTION lstep_analytics_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_changed (customer_id) VALUES (NEW.customer_id);
    RETURN NULL;
END $$;

CREATE TRIGGER analytics_changed AFTER UPDATE OF tier, enrolled_at, starts_at_trait ON customers FOR EACH ROW
    WHEN (OLD.tier IS DISTINCT FROM NEW.tier OR coalesce(OLD.starts_at_trait, OLD.enrolled_at) <> coalesce(NEW.starts_at_trait, NEW.enrolled_at))
    EXECUTE FUNCTION lstep_analytics_changed();

CREATE TRIGGER analytics_opened AFTER INSERT ON reviews FOR EACH ROW EXECUTE FUNCTION lstep_analytics_changed();
CREATE TRIGGER analytics_decided AFTER UPDATE OF status ON reviews FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND OLD.customer_id = NEW.customer_id) EXECUTE FUNCTION lstep_analytics_changed();

CREATE FUNCTION lstep_analytics_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_removed (tier, level, contributions) VALUES (OLD.tier, OLD.level, OLD.contributions);
    RETURN NULL;
END $$;

CREATE TRIGGER analytics_removed AFTER DELETE ON analytics_customers FOR EACH ROW EXECUTE FUNCTION lstep_analytics_removed();

-- What was kept of an erased person counts on, under the alias.
CREATE FUNCTION lstep_analytics_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO analytics_changed (customer_id) VALUES (NEW.alias);
    RETURN NULL;
END $$;

CREATE TRIGGER analytics_erased AFTER INSERT ON erasures FOR EACH ROW EXECUTE FUNCTION lstep_analytics_erased();

-- The truth of L-Step: customers, their hot state, the activities log, the ledger, decisions and reviews.
-- Every table that belongs to a customer has customer_id first in its key, so that it can be distributed by customer.

CREATE TABLE status_tags (
    code          text PRIMARY KEY,
    display_name  text NOT NULL,
    category      text NOT NULL,
    meaning       text NOT NULL
);

INSERT INTO status_tags (code, display_name, category, meaning) VALUES
    ('ST_001', '🌱 Learning:Active', 'learning', 'engaging with the content'),
    ('ST_002', '📚 Learning:Progressing', 'learning', 'completing milestones'),
    ('ST_003', '🏆 Learning:Mastery', 'learning', 'proficiency reached'),
    ('ST_004', '⚠️ Risk:Declining', 'risk', 'engagement is falling'),
    ('ST_005', '🔄 Risk:Re-engagement', 'risk', 'in a retention campaign'),
    ('ST_006', '📤 Status:Churned', 'churned', 'silent for 30 days or more');

-- Settings fixed at the first start, the business time zone among them.
CREATE TABLE settings (
    name   text PRIMARY KEY,
    value  text NOT NULL
);

CREATE TABLE customers (
    customer_id       text PRIMARY KEY,
    email             text,
    name              text,
    tier              text,
    ltv_value         numeric,
    enrolled_at       timestamptz NOT NULL,   -- the trait, else the earliest event time seen
    enrolled_at_trait timestamptz,
    starts_at_trait   timestamptz,
    timezone          text,
    locale            text,
    consent_email     boolean NOT NULL DEFAULT true,
    consent_push      boolean NOT NULL DEFAULT true,
    consent_in_app    boolean NOT NULL DEFAULT true,
    traits            json NOT NULL DEFAULT '{}',   -- as sent: jsonb would rewrite numbers and refuse \u0000
    trait_stamps      bytea NOT NULL DEFAULT '',  -- per trait: who wrote it last
    created_at        timestamptz NOT NULL
);
CREATE INDEX customers_search ON customers (lower(email) text_pattern_ops);
CREATE INDEX customers_tier ON customers (tier, customer_id);

-- One hot row a customer. Its tag is checked, not referenced: a reference locks one of six rows for every commit. No index on a column that changes with every activity: updates stay HOT.
CREATE TABLE customer_states (
    customer_id    text PRIMARY KEY,
    shard          smallint NOT NULL,          -- 0-63
    version        bigint NOT NULL,            -- the fence
    tag            text NOT NULL CHECK (tag IN ('ST_001', 'ST_002', 'ST_003', 'ST_004', 'ST_005', 'ST_006')),
    tag_since      timestamptz NOT NULL,
    next_check_at  timestamptz,                -- never later than the true next check; lazily moved on
    state          bytea NOT NULL,             -- packed CustomerState without profile and recent ids
    recent_ids     bytea NOT NULL DEFAULT ''   -- message ids of 48 h
) WITH (fillfactor = 70);
CREATE INDEX customer_states_due ON customer_states (shard, next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX customer_states_shard ON customer_states (shard, customer_id);
CREATE INDEX customer_states_tag ON customer_states (tag, customer_id);

-- Everything received and accepted. Partitioned by the UTC time of receipt, a month each; partitions are made ahead of need.
CREATE TABLE activities (
    customer_id   text NOT NULL,
    message_id    text NOT NULL,
    received_at   timestamptz NOT NULL,
    occurred_at   timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL,        -- the instant of the turn that took it
    sequence      integer NOT NULL,            -- order within the turn
    version       bigint NOT NULL,             -- the customer's version that the turn made: (version, sequence) is the order of the log
    type          smallint NOT NULL,
    event         text NOT NULL,
    origin        smallint NOT NULL,
    batch_no      bigint NOT NULL,             -- the request it came with
    properties    json NOT NULL,
    subject       text,
    score         numeric,
    final         boolean NOT NULL,
    curriculum_completion numeric,
    count         integer NOT NULL,
    mobile        boolean NOT NULL,
    anonymous_id  text,
    xid           xid8 NOT NULL DEFAULT pg_current_xact_id()
) PARTITION BY RANGE (received_at);
CREATE INDEX activities_known ON activities (customer_id, message_id);
CREATE INDEX activities_trail ON activities (xid);

-- Makes the partition of an instant's UTC month, unless it is there. Attaching, unlike creating it in place, lets writers go on.
CREATE FUNCTION lstep_activities_partition(instant timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    month date := date_trunc('month', instant AT TIME ZONE 'UTC')::date;
    partition text := 'activities_' || to_char(month, 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(5020260002);
    IF to_regclass(partition) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE activities INCLUDING DEFAULTS)', partition);
        EXECUTE format('ALTER TABLE activities ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition,
            month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month')::timestamp AT TIME ZONE 'UTC');
    END IF;
END $$;

CREATE TABLE daily_learning_metrics (
    customer_id             text NOT NULL,
    date                    date NOT NULL,
    sessions_count          integer NOT NULL,
    total_session_minutes   numeric NOT NULL,
    pages_viewed            integer NOT NULL,
    features_used           integer NOT NULL,
    lessons_completed       integer NOT NULL,
    assessments_taken       integer NOT NULL,
    assessment_avg_score    numeric,
    modules_completed       integer NOT NULL,
    forum_posts             integer NOT NULL,
    comments_made           integer NOT NULL,
    questions_asked         integer NOT NULL,
    answers_given           integer NOT NULL,
    engagement_score        integer NOT NULL,
    progress_score          integer NOT NULL,
    community_score         integer NOT NULL,
    overall_health_score    integer NOT NULL,
    score_trend             text NOT NULL,
    risk_indicators         text[] NOT NULL,
    activities              integer NOT NULL,
    mobile_activities       integer NOT NULL,
    video_activities        integer NOT NULL,
    PRIMARY KEY (customer_id, date)
);

-- How far the daily rows follow the activities log: one row.
CREATE TABLE daily_metrics_progress (
    singleton  boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    through    xid8 NOT NULL
);
INSERT INTO daily_metrics_progress (through) VALUES (pg_current_xact_id());

-- The business day of each customer's start that its daily rows were computed with: when it moves, so do the trends around it.
CREATE TABLE daily_metrics_starts (
    customer_id  text PRIMARY KEY,
    start        date NOT NULL
);

CREATE TABLE rule_set_versions (
    version       integer PRIMARY KEY,
    author        text NOT NULL,
    comment       text NOT NULL DEFAULT '',
    published_at  timestamptz NOT NULL
);

CREATE TABLE status_transition_rules (
    version            integer NOT NULL REFERENCES rule_set_versions,
    id                 integer NOT NULL,
    name               text NOT NULL,
    from_tags          text[] NOT NULL,
    to_tag             text NOT NULL REFERENCES status_tags,
    conditions         jsonb NOT NULL,
    priority           integer NOT NULL,
    automatic          boolean NOT NULL,
    requires_approval  boolean NOT NULL,
    usual_rhythm       boolean NOT NULL,
    notification       jsonb NOT NULL DEFAULT '{}',
    active             boolean NOT NULL,
    PRIMARY KEY (version, id)
);

-- The ledger. Ids are drawn under one advisory lock that is held until the commit, so they ascend in commit order:
-- whoever has read up to an id has seen everything before it.
CREATE TABLE customer_status_assignments (
    customer_id          text NOT NULL,
    number               integer NOT NULL,     -- 1, 2, 3 … within the customer
    id                   bigint GENERATED ALWAYS AS IDENTITY,
    tag                  text NOT NULL CHECK (tag IN ('ST_001', 'ST_002', 'ST_003', 'ST_004', 'ST_005', 'ST_006')),
    previous_tag         text CHECK (previous_tag IN ('ST_001', 'ST_002', 'ST_003', 'ST_004', 'ST_005', 'ST_006')),
    at                   timestamptz NOT NULL,
    due_at               timestamptz NOT NULL,
    rule_id              integer,
    rule                 text,
    rule_set_version     integer,
    confidence           numeric,
    assigned_by          text NOT NULL,
    kind                 smallint NOT NULL,
    reason               text NOT NULL,
    batch_id             text,
    decision_number      integer,
    automation_metadata  jsonb NOT NULL DEFAULT '{}',
    is_current           boolean NOT NULL,
    valid_until          timestamptz,          -- when the next assignment became due
    undone_at            timestamptz,
    undoes               bigint,
    PRIMARY KEY (customer_id, number)
);
CREATE UNIQUE INDEX customer_status_assignments_id ON customer_status_assignments (id);
CREATE UNIQUE INDEX customer_status_assignments_current ON customer_status_assignments (customer_id) WHERE is_current;
CREATE INDEX customer_status_assignments_batch ON customer_status_assignments (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX customer_status_assignments_metadata ON customer_status_assignments USING gin (automation_metadata);

CREATE TABLE decisions (
    customer_id  text NOT NULL,
    number       integer NOT NULL,
    at           timestamptz NOT NULL,
    record       jsonb NOT NULL,
    PRIMARY KEY (customer_id, number)
);

CREATE TABLE reviews (
    customer_id        text NOT NULL,
    id                 uuid NOT NULL,
    from_tag           text NOT NULL REFERENCES status_tags,
    to_tag             text NOT NULL REFERENCES status_tags,
    rule_id            integer NOT NULL,
    rule               text NOT NULL,
    confidence         numeric NOT NULL,
    reasons            text[] NOT NULL,
    status             text NOT NULL,          -- open, approved, rejected, superseded, withdrawn
    opened_at          timestamptz NOT NULL,
    decided_at         timestamptz,
    decided_by         text,
    close_reason       text,
    transition_number  integer,
    decision_number    integer NOT NULL,
    change_id          bigint GENERATED BY DEFAULT AS IDENTITY, -- a new one with every change: what the live feed follows
    PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX reviews_id ON reviews (id);
CREATE UNIQUE INDEX reviews_open ON reviews (customer_id) WHERE status = 'open';
CREATE INDEX reviews_by_status ON reviews (status, opened_at, id);
CREATE INDEX reviews_by_time ON reviews (opened_at, id);
CREATE INDEX reviews_changes ON reviews (change_id);

CREATE TABLE evaluation_batches (
    id             text PRIMARY KEY,           -- eval_…
    scope          text NOT NULL,              -- daily, or what was asked for
    due_at         timestamptz NOT NULL,       -- the business midnight of a daily run
    started_at     timestamptz NOT NULL,
    finished_at    timestamptz,
    total          integer NOT NULL
);
CREATE UNIQUE INDEX evaluation_batches_daily ON evaluation_batches (due_at) WHERE scope = 'daily';

-- A batch's progress, one row a shard; who works on a shard holds its row's lock.
CREATE TABLE evaluation_batch_shards (
    batch_id     text NOT NULL REFERENCES evaluation_batches,
    shard        smallint NOT NULL,
    cursor       text NOT NULL DEFAULT '',     -- last customer_id done
    evaluated    integer NOT NULL DEFAULT 0,
    errors       integer NOT NULL DEFAULT 0,
    reviews      integer NOT NULL DEFAULT 0,
    finished_at  timestamptz,
    PRIMARY KEY (batch_id, shard)
);

-- Events with nothing but an anonymousId, kept 30 days for the identify or alias that ties them to a customer.
CREATE TABLE anonymous_activities (
    anonymous_id  text NOT NULL,
    message_id    text NOT NULL,
    received_at   timestamptz NOT NULL,
    activity      jsonb NOT NULL,              -- the activity as ingest made it
    PRIMARY KEY (anonymous_id, message_id)
);
CREATE INDEX anonymous_activities_age ON anonymous_activities (received_at);

CREATE TABLE anonymous_identities (
    anonymous_id  text PRIMARY KEY,
    customer_id   text NOT NULL,
    tied_at       timestamptz NOT NULL
);

CREATE TABLE rejected_events (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    received_at  timestamptz NOT NULL,
    code         text NOT NULL,
    message      text NOT NULL,
    message_id   text,
    customer_id  text,
    body         text NOT NULL                 -- the event as it came, cut to 2 KB, without NUL
);

-- Write keys and tokens; only their SHA-256 is kept. Their times are the database's own clock, also while a simulated one runs.
CREATE TABLE tokens (
    id          text PRIMARY KEY,              -- public handle
    hash        bytea NOT NULL UNIQUE,
    role        text NOT NULL,                 -- ingest, viewer, success, admin
    name        text NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz,
    one_time    boolean NOT NULL DEFAULT false, -- a sign-in link: good for one session
    used_at     timestamptz,                   -- when the link was used
    revoked_at  timestamptz
);

-- Who is signed in with a browser. A session ends with the token it was opened with.
CREATE TABLE sessions (
    hash        bytea PRIMARY KEY,             -- SHA-256 of what the cookie holds
    token_id    text NOT NULL REFERENCES tokens,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL
);

CREATE TABLE flags (
    name        text PRIMARY KEY,
    value       jsonb NOT NULL,
    changed_at  timestamptz NOT NULL,
    changed_by  text NOT NULL
);

CREATE TABLE calibrations (
    number       integer PRIMARY KEY,
    computed_at  timestamptz NOT NULL,
    curves       jsonb NOT NULL
);

CREATE TABLE audit_log (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    who     text NOT NULL,
    what    text NOT NULL,
    target  text NOT NULL,
    before  jsonb,
    after   jsonb
);

-- Cursors of grains with small progress (IPersistentState under the embedded engine).
CREATE TABLE grain_storage (
    grain_type  text NOT NULL,
    grain_key   text NOT NULL,
    name        text NOT NULL,
    version     bigint NOT NULL,
    state       jsonb NOT NULL,
    PRIMARY KEY (grain_type, grain_key, name)
);

-- Reminders of the embedded engine.
CREATE TABLE grain_reminders (
    grain_type  text NOT NULL,
    grain_key   text NOT NULL,
    name        text NOT NULL,
    first_due   timestamptz NOT NULL,
    period_ms   bigint NOT NULL,
    etag        text NOT NULL,
    PRIMARY KEY (grain_type, grain_key, name)
);

-- Ends the whole statement batch when a commit did not find every row at the version it expected.
CREATE FUNCTION lstep_fence(written bigint, expected bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF written <> expected THEN
        RAISE EXCEPTION 'fenced out: % of % rows written', written, expected USING ERRCODE = 'LS001';
    END IF;
END $$;

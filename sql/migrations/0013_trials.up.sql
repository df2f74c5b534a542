-- Rule sets that are played over the recorded history: what was asked for, and by shard how far it is and what it came to.
CREATE TABLE backtests (
    id              text PRIMARY KEY,
    author          text NOT NULL,
    rules           json NOT NULL,             -- the candidate, in the order in which it was sent
    active_version  integer NOT NULL,          -- the set it is compared with
    counted_from    timestamptz NOT NULL,
    counted_to      timestamptz NOT NULL,
    started_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    total           integer NOT NULL           -- customers
);
CREATE INDEX backtests_page ON backtests (started_at, id);

-- Who works on a shard holds its row's lock; what was played is stored with how far it went.
CREATE TABLE backtest_shards (
    backtest_id  text NOT NULL REFERENCES backtests ON DELETE CASCADE,
    shard        smallint NOT NULL,
    cursor       text NOT NULL DEFAULT '',     -- last customer_id played
    customers    integer NOT NULL DEFAULT 0,
    errors       integer NOT NULL DEFAULT 0,
    candidate    jsonb,                        -- figures of the customers so far
    active       jsonb,
    finished_at  timestamptz,
    PRIMARY KEY (backtest_id, shard)
);

-- Where a set that runs beside the live one last asked for something else, of each customer: as many rows as customers at most.
CREATE TABLE shadow_differences (
    customer_id     text PRIMARY KEY,
    live_version    integer NOT NULL,
    shadow_version  integer NOT NULL,
    at              timestamptz NOT NULL,
    tag             text NOT NULL,
    live_action     smallint NOT NULL,         -- 0 stay, 1 move, 2 review
    live_to         text,
    shadow_action   smallint NOT NULL,
    shadow_to       text,
    times           bigint NOT NULL            -- evaluations that differed, of these two versions
);
CREATE INDEX shadow_differences_page ON shadow_differences (live_version, shadow_version, at, customer_id);

-- Evaluations at which both were asked, by what they asked for; those that agreed are one row.
CREATE TABLE shadow_counts (
    live_version    integer NOT NULL,
    shadow_version  integer NOT NULL,
    live_action     smallint NOT NULL,         -- -1 in the row of those that agreed
    live_to         text NOT NULL,
    shadow_action   smallint NOT NULL,
    shadow_to       text NOT NULL,
    count           bigint NOT NULL,
    PRIMARY KEY (live_version, shadow_version, live_action, live_to, shadow_action, shadow_to)
);

-- Whose tag people locked until when is asked by customer.
CREATE INDEX audit_log_target ON audit_log (target, id);

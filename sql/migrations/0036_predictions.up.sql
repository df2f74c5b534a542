-- Models that say how likely a learner falls silent, as this installation made them. Number 0 comes with the product and has no row here.
CREATE TABLE prediction_models (
    number   integer PRIMARY KEY,
    made_at  timestamptz NOT NULL,
    made_by  text NOT NULL,
    run_id   text NOT NULL,
    source   text NOT NULL,
    model    text NOT NULL,
    card     jsonb NOT NULL
);

-- Which of them was put live when: the newest row is the one that is live; without rows it is number 0.
CREATE TABLE prediction_lives (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number  integer NOT NULL,
    at      timestamptz NOT NULL,
    who     text NOT NULL,
    reason  text NOT NULL
);

-- Trainings that were asked for, or came by themselves. Who does one holds a lock for as long as its session lives.
CREATE TABLE prediction_training_runs (
    id            text PRIMARY KEY,
    requested_by  text NOT NULL,
    requested_at  timestamptz NOT NULL,
    began_at      timestamptz,
    finished_at   timestamptz,
    step          text NOT NULL,
    share         real NOT NULL DEFAULT 0,
    customers     integer NOT NULL DEFAULT 0,
    rows          integer NOT NULL DEFAULT 0,
    result        text,
    model         integer,
    note          text
);
CREATE UNIQUE INDEX prediction_training_one ON prediction_training_runs ((true)) WHERE finished_at IS NULL;
CREATE INDEX prediction_training_page ON prediction_training_runs (requested_at, id);

-- Of some customers what was said of them at the change of a business day, from which features, and what became of it.
CREATE TABLE prediction_samples (
    customer_id  text NOT NULL,
    day          date NOT NULL,
    model        integer NOT NULL,
    probability  real NOT NULL,
    features     bytea,                              -- until the outcome is known
    silent       boolean,                            -- null until the days after have passed
    PRIMARY KEY (customer_id, day)
);
CREATE INDEX prediction_samples_day ON prediction_samples (day, model);

-- Days of which samples were taken.
CREATE TABLE prediction_sample_days (
    day        date PRIMARY KEY,
    taken_at   timestamptz NOT NULL,
    model      integer NOT NULL,
    rows       integer NOT NULL,
    outcomes   boolean NOT NULL DEFAULT false        -- what became of them is stored
);

-- What the product recommends, by what it is about, so that a dismissal outlasts the next run that finds the same.
CREATE TABLE recommendations (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind             text NOT NULL,
    subject          text NOT NULL,         -- rule:3, rules:3,7, campaign:NAME, lesson:ID, module:ID
    first_made_at    timestamptz NOT NULL,
    made_at          timestamptz NOT NULL,
    stands           boolean NOT NULL,      -- the latest run found it
    body             jsonb NOT NULL,        -- texts, parameters and figures
    rules            text,                  -- the set of rules to be tried, as it was printed
    dismissed_by     text,
    dismissed_at     timestamptz,
    dismissed_until  timestamptz,
    UNIQUE (kind, subject)
);

-- The latest run. The day is the business day that it was made on; another one is due on the next.
CREATE TABLE recommendation_run (
    singleton  boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    day        date NOT NULL,
    made_at    timestamptz NOT NULL,
    made_by    text,                        -- null for the product itself
    examined   jsonb NOT NULL
);

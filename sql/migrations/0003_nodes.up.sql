-- Which processes are there. Each writes its row every few seconds; one that ends takes it along, one that dies leaves it.
CREATE TABLE nodes (
    name        text PRIMARY KEY,              -- host and port
    address     text NOT NULL,
    engine      text NOT NULL,
    version     text NOT NULL,
    phase       text NOT NULL,                 -- starting, serving, draining or stopping
    started_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL           -- by the database's clock
);

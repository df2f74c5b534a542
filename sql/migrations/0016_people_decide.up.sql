-- What people add to a review: who looks after it, and what they said. Null in rows that the version before writes; it leaves both alone.
ALTER TABLE reviews
    ADD COLUMN assignee text,
    ADD COLUMN note     text;

-- Notes of people about a customer, in its timeline.
CREATE TABLE customer_notes (
    customer_id  text NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    at           timestamptz NOT NULL,
    author       text NOT NULL,
    text         text NOT NULL,
    PRIMARY KEY (customer_id, id)
);

-- What is taken back of a rule set version is found by it.
CREATE INDEX customer_status_assignments_version ON customer_status_assignments (rule_set_version, at) WHERE kind IN (1, 2, 3);

-- What people decided is little among all that was: calibrations ask for it every day.
CREATE INDEX customer_status_assignments_people ON customer_status_assignments (kind, rule_id) WHERE kind IN (4, 5, 6);

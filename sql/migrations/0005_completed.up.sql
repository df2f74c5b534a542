-- Completions of lessons (type 5) and modules (7) of a customer: a module counts once a life and a lesson once a day, so that a late one is looked up.
CREATE INDEX activities_completed ON activities (customer_id, occurred_at) WHERE type IN (5, 7);

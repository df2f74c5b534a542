-- What links and feedback look up of an action.
CREATE TABLE campaign_actions (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    customer_id  text NOT NULL,
    campaign     text NOT NULL,
    step         integer NOT NULL,
    channel      smallint NOT NULL,
    status       smallint NOT NULL,
    send_key     uuid NOT NULL,
    sent_at      timestamptz,
    PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX campaign_actions_id ON campaign_actions (id);
CREATE UNIQUE INDEX campaign_actions_key ON campaign_actions (send_key);

-- What follows from a transition: published sets of campaigns, what started them, every action and what became of it, and what people do for it.
CREATE TABLE campaign_sets (
    version      integer PRIMARY KEY,
    author       text NOT NULL,
    published_at timestamptz NOT NULL,
    comment      text NOT NULL DEFAULT '',
    campaigns    jsonb NOT NULL
);

-- Written by the commit of what campaigns follow from; planned once by the campaign grain of its tag.
CREATE TABLE campaign_causes (
    customer_id text NOT NULL,
    kind        smallint NOT NULL,
    number      integer NOT NULL,
    tag         text NOT NULL,
    due_at      timestamptz NOT NULL,
    at          timestamptz NOT NULL,
    alert       smallint NOT NULL DEFAULT 0,
    planned_at  timestamptz,
    set_version integer,
    actions     integer,
    PRIMARY KEY (customer_id, kind, number)
);
CREATE INDEX campaign_causes_unplanned ON campaign_causes (tag, due_at) WHERE planned_at IS NULL;

CREATE TABLE campaign_actions (
    customer_id   text NOT NULL,
    cause_kind    smallint NOT NULL,
    cause_number  integer NOT NULL,
    campaign      text NOT NULL,
    step          smallint NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    change_id     bigint NOT NULL,
    send_key      uuid NOT NULL,
    variant       text,
    channel       smallint NOT NULL,
    kind          smallint NOT NULL,
    tag           text,
    transition_id bigint,
    scheduled_for timestamptz NOT NULL,
    cause_due_at  timestamptz NOT NULL,
    cause_at      timestamptz NOT NULL,
    is_repeat     boolean NOT NULL,
    status        smallint NOT NULL DEFAULT 0,
    reason        text,
    -- When it is looked at next; null once it has come to its end.
    due_at        timestamptz,
    tries         smallint NOT NULL DEFAULT 0,
    -- Who has it in hand, since when by the product's clock, and how long it counts as such by the database's.
    sender        text,
    sending_since timestamptz,
    lease_until   timestamptz,
    first_try_at  timestamptz,
    sent_at       timestamptz,
    provider_id   text,
    PRIMARY KEY (customer_id, cause_kind, cause_number, campaign, step)
);
CREATE SEQUENCE campaign_action_changes;
ALTER TABLE campaign_actions ALTER COLUMN change_id SET DEFAULT nextval('campaign_action_changes');
CREATE UNIQUE INDEX campaign_actions_id ON campaign_actions (id);
CREATE UNIQUE INDEX campaign_actions_send_key ON campaign_actions (send_key);
CREATE INDEX campaign_actions_due ON campaign_actions (due_at, id) WHERE status IN (0, 1);
CREATE INDEX campaign_actions_sending ON campaign_actions (lease_until) WHERE status = 2;
CREATE INDEX campaign_actions_campaign ON campaign_actions (campaign, status, id);
CREATE INDEX campaign_actions_status ON campaign_actions (status, id);
-- What the frequency cap counts.
CREATE INDEX campaign_actions_marketing ON campaign_actions (customer_id, sent_at) WHERE kind = 1 AND status IN (2, 3, 7) AND channel IN (0, 1, 3);

CREATE TABLE campaign_tasks (
    customer_id  text NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    action_id    bigint NOT NULL,
    assignee     text NOT NULL,
    task         text NOT NULL,
    detail       text NOT NULL,
    priority     text NOT NULL,
    created_at   timestamptz NOT NULL,
    due_at       timestamptz,
    completed_at timestamptz,
    completed_by text,
    note         text,
    PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX campaign_tasks_id ON campaign_tasks (id);
CREATE INDEX campaign_tasks_open ON campaign_tasks (due_at, id) WHERE completed_at IS NULL;

CREATE TABLE inbox_messages (
    customer_id text NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    action_id   bigint NOT NULL,
    at          timestamptz NOT NULL,
    title       text NOT NULL,
    body        text NOT NULL,
    link        text,
    read_at     timestamptz,
    PRIMARY KEY (customer_id, id)
);

-- For the content of a comparison that a customer was given, once weights can be changed; until then the draw says it and no row is written.
CREATE TABLE campaign_variants (
    customer_id text NOT NULL,
    campaign    text NOT NULL,
    variant     text NOT NULL,
    assigned_at timestamptz NOT NULL,
    PRIMARY KEY (customer_id, campaign)
);

-- What people keep of a list: a filter and chosen columns under a name of their own. A shared one is seen by everybody, and its name is given once.
CREATE TABLE saved_views (
    owner_id  text NOT NULL,               -- tokens.id
    name      text NOT NULL,
    owner     text NOT NULL,               -- what the person was called when it was saved
    filter    text NOT NULL,               -- the query string of the page
    columns   text[] NOT NULL,
    shared    boolean NOT NULL,
    saved_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner_id, name)
);
CREATE UNIQUE INDEX saved_views_shared ON saved_views (name) WHERE shared;

-- What the provider says of somebody now: the role holds for the sessions that stand, too.
UPDATE tokens SET role = $2, name = $3 WHERE id = $1;

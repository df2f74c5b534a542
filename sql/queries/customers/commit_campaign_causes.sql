-- What campaigns follow from; a review that meets the same reason again started them before.
INSERT INTO campaign_causes (customer_id, kind, number, tag, due_at, at, alert)
SELECT * FROM unnest($1::text[], $2::smallint[], $3::integer[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::smallint[])
ON CONFLICT (customer_id, kind, number) DO NOTHING

-- New entries of the log.
INSERT INTO activities (customer_id, message_id, received_at, occurred_at, recorded_at, sequence, version, type, event, origin, batch_no, properties,
    subject, score, final, curriculum_completion, count, mobile, anonymous_id)
SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::integer[], $7::bigint[], $8::smallint[], $9::text[],
    $10::smallint[], $11::bigint[], $12::json[], $13::text[], $14::numeric[], $15::boolean[], $16::numeric[], $17::integer[], $18::boolean[], $19::text[])

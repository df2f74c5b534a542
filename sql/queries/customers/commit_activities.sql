-- New entries of the log. Arrays unnested in the select list are read as they are; in FROM each would first be copied into a table of its own.
INSERT INTO activities (customer_id, message_id, received_at, occurred_at, recorded_at, sequence, version, type, event, origin, batch_no, properties,
    subject, score, final, curriculum_completion, count, mobile, anonymous_id)
SELECT unnest($1::text[]), unnest($2::text[]), unnest($3::timestamptz[]), unnest($4::timestamptz[]), unnest($5::timestamptz[]), unnest($6::integer[]),
    unnest($7::bigint[]), unnest($8::smallint[]), unnest($9::text[]), unnest($10::smallint[]), unnest($11::bigint[]), unnest($12::json[]), unnest($13::text[]),
    unnest($14::numeric[]), unnest($15::boolean[]), unnest($16::numeric[]), unnest($17::integer[]), unnest($18::boolean[]), unnest($19::text[])

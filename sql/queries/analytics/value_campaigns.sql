-- What was paid within 90 days of the starts of a range, by campaign and side, and what was sent for them.
SELECT campaign, held_out, sum(starts)::bigint, sum(paid)::double precision, sum(squares)::double precision,
    ARRAY[sum(sent[1]), sum(sent[2]), sum(sent[3]), sum(sent[4]), sum(sent[5]), sum(sent[6]), sum(sent[7])]::bigint[]
FROM campaign_payment_days
WHERE day BETWEEN $1 AND $2
GROUP BY campaign, held_out
ORDER BY campaign, held_out

-- Makes the sums of one day of a campaign again, from its customers.
WITH fresh AS MATERIALIZED (
    SELECT held_out, count(*) AS starts, sum(paid) AS paid, sum(paid * paid) AS squares,
        ARRAY[sum(sent[1]), sum(sent[2]), sum(sent[3]), sum(sent[4]), sum(sent[5]), sum(sent[6]), sum(sent[7])]::bigint[] AS sent
    FROM campaign_payments WHERE campaign = $1 AND day = $2
    GROUP BY held_out
), gone AS (
    DELETE FROM campaign_payment_days d WHERE d.campaign = $1 AND d.day = $2 AND d.held_out NOT IN (SELECT f.held_out FROM fresh f)
)
INSERT INTO campaign_payment_days (campaign, day, held_out, starts, paid, squares, sent)
SELECT $1, $2, held_out, starts, paid, squares, sent FROM fresh
ON CONFLICT (campaign, day, held_out) DO UPDATE SET starts = excluded.starts, paid = excluded.paid, squares = excluded.squares, sent = excluded.sent

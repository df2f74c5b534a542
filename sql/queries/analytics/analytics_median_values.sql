-- The value at each of some places, from 1 on, among those that were counted in a range of days and lie between two bounds. Day by day, as the index has them.
-- Where a process of the version before has taken values off without their bucket, the lower bound stands for what is not there.
SELECT asked.number::integer, coalesce((
    SELECT min(ranked.value)
    FROM (
        SELECT counted.value, sum(counted.count::double precision) OVER (ORDER BY counted.value) AS up_to
        FROM generate_series(0, asked.last - asked.first) AS days (passed)
        CROSS JOIN LATERAL (
            SELECT d.value, d.count
            FROM analytics_days d
            WHERE d.measure = ANY ($1) AND d.day = asked.first + days.passed AND d.value BETWEEN asked.lowest AND asked.highest
            OFFSET 0) AS counted
    ) AS ranked
    WHERE ranked.up_to >= asked.place), asked.lowest)
FROM unnest($2::date[], $3::date[], $4::integer[], $5::integer[], $6::bigint[]) WITH ORDINALITY AS asked (first, last, lowest, highest, place, number)

-- The value at each of some places, from 1 on, among those that were counted in a range of days and lie between two bounds.
SELECT asked.number::integer, (
    SELECT min(ranked.value)
    FROM (
        SELECT d.value, sum(d.count::double precision) OVER (ORDER BY d.value) AS up_to
        FROM generate_series(0, asked.last - asked.first) AS days (passed)
        JOIN analytics_days d ON d.measure = ANY ($1) AND d.day = asked.first + days.passed AND d.value BETWEEN asked.lowest AND asked.highest
    ) AS ranked
    WHERE ranked.up_to >= asked.place)
FROM unnest($2::date[], $3::date[], $4::integer[], $5::integer[], $6::bigint[]) WITH ORDINALITY AS asked (first, last, lowest, highest, place, number)

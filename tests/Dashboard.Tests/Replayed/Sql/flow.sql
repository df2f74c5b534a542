-- Moves by from and to in a range of days, and in as many days before it; in all under the name all.
SELECT coalesce(previous_tag || ' ' || tag, 'all'), count(*) FILTER (WHERE day BETWEEN @from AND @to)::numeric,
    count(*) FILTER (WHERE day BETWEEN @from::date - (@to::date - @from::date + 1) AND @from::date - 1)::numeric
FROM moves
WHERE day BETWEEN @from::date - (@to::date - @from::date + 1) AND @to
GROUP BY GROUPING SETS ((previous_tag, tag), ())

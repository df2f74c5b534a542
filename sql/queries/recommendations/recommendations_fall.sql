-- What was found before does not stand until it is found again; what nobody dismissed is forgotten.
WITH forgotten AS (
    DELETE FROM recommendations
    WHERE (dismissed_until IS NULL OR dismissed_until <= $1) AND NOT (kind || ' ' || subject = ANY ($2::text[]))
)
UPDATE recommendations SET stands = false WHERE dismissed_until > $1

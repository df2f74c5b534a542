-- Declares silos dead: all of them, or those of one address and port. The version's row is locked first, as in every change of the membership.
WITH moved AS (
    UPDATE orleans_membership_versions SET version = version + 1, changed_at = now()
    WHERE deployment_id IN (SELECT deployment_id FROM orleans_silos WHERE status <> 6 AND ($1 OR (address = $2 AND port = $3)))
    RETURNING deployment_id)
UPDATE orleans_silos AS silo SET status = 6
FROM moved
WHERE silo.deployment_id = moved.deployment_id AND status <> 6 AND ($1 OR (address = $2 AND port = $3))

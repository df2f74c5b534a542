-- Removes silos from the cluster's table: all of them, or those of one address and port. The version's row is locked first, as in every change of the membership.
WITH moved AS (
    UPDATE orleans_membership_versions SET version = version + 1, changed_at = now()
    WHERE deployment_id IN (SELECT deployment_id FROM orleans_silos WHERE $1 OR (address = $2 AND port = $3))
    RETURNING deployment_id)
DELETE FROM orleans_silos AS silo USING moved WHERE silo.deployment_id = moved.deployment_id AND ($1 OR (address = $2 AND port = $3))

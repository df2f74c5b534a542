-- Ends a card.
DELETE FROM cards WHERE id = $1 RETURNING name

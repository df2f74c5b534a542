-- How many states or profiles stand at a place.
SELECT count(*) FROM xapi_documents WHERE place = $1

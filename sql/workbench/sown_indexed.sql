-- Makes the indexes again that were taken away.
SET maintenance_work_mem = '512MB';
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT * FROM sown_dropped LOOP EXECUTE one.definition; END LOOP;
END $$;
RESET maintenance_work_mem;
DROP TABLE sown_dropped

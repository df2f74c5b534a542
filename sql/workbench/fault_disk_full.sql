-- Every write of an activity or a customer's state fails as on a full disk. A disk that is really full cannot be had without rights on the machine.
CREATE FUNCTION fault_disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$;
CREATE TRIGGER fault_disk_full BEFORE INSERT OR UPDATE ON customer_states EXECUTE FUNCTION fault_disk_full();
CREATE TRIGGER fault_disk_full BEFORE INSERT OR UPDATE ON activities EXECUTE FUNCTION fault_disk_full()

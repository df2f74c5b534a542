-- From now on nothing is planned of what customers begin with.
CREATE FUNCTION bench_unplanned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.planned_at := now();
    NEW.set_version := 1;
    NEW.actions := 0;
    RETURN NEW;
END $$;
CREATE TRIGGER bench_unplanned BEFORE INSERT ON campaign_causes FOR EACH ROW EXECUTE FUNCTION bench_unplanned()

-- Lets a run hold a silo, which its sessions name in lstep.silo, at a step of a send: each waits there for a lock that the run may have.
CREATE FUNCTION sends_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::integer, coalesce(nullif(current_setting('lstep.silo', true), ''), '-1')::integer);
    RETURN NULL;
END $$;
CREATE TRIGGER sends_claim AFTER UPDATE ON campaign_actions FOR EACH ROW
    WHEN (NEW.status = 2) EXECUTE FUNCTION sends_hold('502026001');
CREATE CONSTRAINT TRIGGER sends_claim_commits AFTER UPDATE ON campaign_actions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.status = 2) EXECUTE FUNCTION sends_hold('502026002');
-- Who takes up what another left behind settles nothing.
CREATE TRIGGER sends_settle AFTER UPDATE ON campaign_actions FOR EACH ROW
    WHEN (OLD.status = 2 AND NEW.status <> 2 AND OLD.lease_until > now()) EXECUTE FUNCTION sends_hold('502026003');
CREATE CONSTRAINT TRIGGER sends_settlement_commits AFTER UPDATE ON campaign_actions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status = 2 AND NEW.status <> 2 AND OLD.lease_until > now()) EXECUTE FUNCTION sends_hold('502026004')

-- Tables of the cluster engine. Microsoft Orleans' AdoNet providers ask orleansquery for statements by key and care for
-- nothing else: parameters and result columns are theirs, tables and statements are ours. The embedded engine uses none of it.

CREATE TABLE orleansquery (
    querykey  text PRIMARY KEY,
    querytext text NOT NULL
);

-- ---- Who is in the cluster -------------------------------------------------------------------------------------------

-- The version orders all changes of the membership: each of them names the one it read.
CREATE TABLE orleans_membership_versions (
    deployment_id text PRIMARY KEY,
    version       integer NOT NULL DEFAULT 0,
    changed_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE orleans_silos (
    deployment_id text NOT NULL REFERENCES orleans_membership_versions,
    address       text NOT NULL,
    port          integer NOT NULL,
    generation    integer NOT NULL,
    silo_name     text NOT NULL,
    host_name     text NOT NULL,
    status        integer NOT NULL, -- 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead
    proxy_port    integer,
    suspect_times text,
    start_time    timestamptz NOT NULL,
    alive_time    timestamptz NOT NULL,
    PRIMARY KEY (deployment_id, address, port, generation)
) WITH (fillfactor = 50); -- rewritten every few seconds, in place

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $$
    WITH written AS (
        INSERT INTO orleans_membership_versions (deployment_id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM written
$$),
-- The version's row is locked first, so that of two silos that read the same version one finds it gone.
('InsertMembershipKey', $$
    WITH moved AS (
        UPDATE orleans_membership_versions SET version = version + 1, changed_at = now()
        WHERE deployment_id = @DeploymentId AND version = @Version
          AND NOT EXISTS (SELECT FROM orleans_silos
                          WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING deployment_id),
    written AS (
        INSERT INTO orleans_silos (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
        SELECT deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM moved
        RETURNING 1)
    SELECT count(*)::integer FROM written
$$),
('UpdateMembershipKey', $$
    WITH moved AS (
        UPDATE orleans_membership_versions SET version = version + 1, changed_at = now()
        WHERE deployment_id = @DeploymentId AND version = @Version
          AND EXISTS (SELECT FROM orleans_silos
                      WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING deployment_id),
    written AS (
        UPDATE orleans_silos AS silo SET status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
        FROM moved
        WHERE silo.deployment_id = moved.deployment_id AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
        RETURNING 1)
    SELECT count(*)::integer FROM written
$$),
('UpdateIAmAlivetimeKey', $$
    UPDATE orleans_silos SET alive_time = @IAmAliveTime
    WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),
-- The version comes also where no silo matches.
('MembershipReadRowKey', $$
    SELECT v.deployment_id AS "DeploymentId", s.address AS "Address", s.port AS "Port", s.generation AS "Generation",
           s.silo_name AS "SiloName", s.host_name AS "HostName", s.status AS "Status", s.proxy_port AS "ProxyPort",
           s.suspect_times AS "SuspectTimes", s.start_time AS "StartTime", s.alive_time AS "IAmAliveTime", v.version AS "Version"
    FROM orleans_membership_versions v
    LEFT JOIN orleans_silos s ON s.deployment_id = v.deployment_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    WHERE v.deployment_id = @DeploymentId
$$),
('MembershipReadAllKey', $$
    SELECT v.deployment_id AS "DeploymentId", s.address AS "Address", s.port AS "Port", s.generation AS "Generation",
           s.silo_name AS "SiloName", s.host_name AS "HostName", s.status AS "Status", s.proxy_port AS "ProxyPort",
           s.suspect_times AS "SuspectTimes", s.start_time AS "StartTime", s.alive_time AS "IAmAliveTime", v.version AS "Version"
    FROM orleans_membership_versions v
    LEFT JOIN orleans_silos s ON s.deployment_id = v.deployment_id
    WHERE v.deployment_id = @DeploymentId
$$),
('GatewaysQueryKey', $$
    SELECT address AS "Address", proxy_port AS "ProxyPort", generation AS "Generation"
    FROM orleans_silos
    WHERE deployment_id = @DeploymentId AND status = @Status AND proxy_port > 0
$$),
('DeleteMembershipTableEntriesKey', $$
    WITH silos AS (DELETE FROM orleans_silos WHERE deployment_id = @DeploymentId)
    DELETE FROM orleans_membership_versions WHERE deployment_id = @DeploymentId
$$),
('CleanupDefunctSiloEntriesKey', $$
    DELETE FROM orleans_silos WHERE deployment_id = @DeploymentId AND alive_time < @IAmAliveTime AND status <> 3
$$);

-- ---- Reminders -------------------------------------------------------------------------------------------------------

CREATE TABLE orleans_reminders (
    service_id    text NOT NULL,
    grain_id      text NOT NULL,
    reminder_name text NOT NULL,
    start_time    timestamptz NOT NULL,
    period_ms     bigint NOT NULL,
    grain_hash    integer NOT NULL,
    version       integer NOT NULL,
    PRIMARY KEY (service_id, grain_id, reminder_name)
);

-- Every silo reads its range of hashes again every five minutes.
CREATE INDEX orleans_reminders_by_hash ON orleans_reminders (service_id, grain_hash);

INSERT INTO orleansquery (querykey, querytext) VALUES
('UpsertReminderRowKey', $$
    INSERT INTO orleans_reminders AS stored (service_id, grain_id, reminder_name, start_time, period_ms, grain_hash, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
    ON CONFLICT (service_id, grain_id, reminder_name) DO UPDATE
    SET start_time = excluded.start_time, period_ms = excluded.period_ms, grain_hash = excluded.grain_hash, version = stored.version + 1
    RETURNING version
$$),
('ReadReminderRowsKey', $$
    SELECT grain_id AS "GrainId", reminder_name AS "ReminderName", start_time AS "StartTime", period_ms AS "Period", version AS "Version"
    FROM orleans_reminders
    WHERE service_id = @ServiceId AND grain_id = @GrainId
$$),
('ReadReminderRowKey', $$
    SELECT grain_id AS "GrainId", reminder_name AS "ReminderName", start_time AS "StartTime", period_ms AS "Period", version AS "Version"
    FROM orleans_reminders
    WHERE service_id = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName
$$),
('ReadRangeRows1Key', $$
    SELECT grain_id AS "GrainId", reminder_name AS "ReminderName", start_time AS "StartTime", period_ms AS "Period", version AS "Version"
    FROM orleans_reminders
    WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$$),
-- The range that goes round the end of the ring.
('ReadRangeRows2Key', $$
    SELECT grain_id AS "GrainId", reminder_name AS "ReminderName", start_time AS "StartTime", period_ms AS "Period", version AS "Version"
    FROM orleans_reminders
    WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$$),
('DeleteReminderRowKey', $$
    WITH removed AS (
        DELETE FROM orleans_reminders
        WHERE service_id = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName AND version = @Version RETURNING 1)
    SELECT count(*)::integer FROM removed
$$),
('DeleteReminderRowsKey', $$
    DELETE FROM orleans_reminders WHERE service_id = @ServiceId
$$);

-- ---- Small states of grains --------------------------------------------------------------------------------------------

-- One row a state, which Orleans' own script leaves to luck: its table has no unique key.
CREATE TABLE orleans_storage (
    service_id   text NOT NULL,
    state_name   text NOT NULL,
    id_n0        bigint NOT NULL,
    id_n1        bigint NOT NULL,
    id_extension text NOT NULL, -- '' where the key is a number
    payload      bytea,         -- null once cleared; the version goes on
    version      integer NOT NULL,
    modified_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (service_id, state_name, id_n0, id_n1, id_extension)
);

INSERT INTO orleansquery (querykey, querytext) VALUES
('ReadFromStorageKey', $$
    SELECT payload AS "PayloadBinary", modified_at AS "ModifiedOn", version AS "Version"
    FROM orleans_storage
    WHERE service_id = @ServiceId AND state_name = @GrainTypeString
      AND id_n0 = @GrainIdN0 AND id_n1 = @GrainIdN1 AND id_extension = coalesce(@GrainIdExtensionString, '')
$$),
-- Over the version that was read, or over none; the version that was given comes back where somebody else wrote.
('WriteToStorageKey', $$
    WITH inserted AS (
        INSERT INTO orleans_storage (service_id, state_name, id_n0, id_n1, id_extension, payload, version)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary, 1
        WHERE @GrainStateVersion::integer IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version),
    updated AS (
        UPDATE orleans_storage SET payload = @PayloadBinary, version = version + 1, modified_at = now()
        WHERE service_id = @ServiceId AND state_name = @GrainTypeString
          AND id_n0 = @GrainIdN0 AND id_n1 = @GrainIdN1 AND id_extension = coalesce(@GrainIdExtensionString, '')
          AND version = @GrainStateVersion::integer
        RETURNING version)
    SELECT coalesce((SELECT version FROM inserted), (SELECT version FROM updated), @GrainStateVersion::integer) AS "NewGrainStateVersion"
$$),
('ClearStorageKey', $$
    UPDATE orleans_storage SET payload = NULL, version = version + 1, modified_at = now()
    WHERE service_id = @ServiceId AND state_name = @GrainTypeString
      AND id_n0 = @GrainIdN0 AND id_n1 = @GrainIdN1 AND id_extension = coalesce(@GrainIdExtensionString, '')
      AND version = @GrainStateVersion::integer
    RETURNING version AS "NewGrainStateVersion"
$$),
('DeleteStorageKey', $$
    DELETE FROM orleans_storage
    WHERE service_id = @ServiceId AND state_name = @GrainTypeString
      AND id_n0 = @GrainIdN0 AND id_n1 = @GrainIdN1 AND id_extension = coalesce(@GrainIdExtensionString, '')
      AND version = @GrainStateVersion::integer
    RETURNING version + 1 AS "NewGrainStateVersion"
$$);

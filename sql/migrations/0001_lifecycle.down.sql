-- Takes everything of 0001 away.
DROP FUNCTION lstep_fence(bigint, bigint);
DROP FUNCTION lstep_activities_partition(timestamptz);
DROP TABLE grain_reminders, grain_storage, audit_log, calibrations, flags, sessions, tokens, rejected_events, anonymous_identities,
    anonymous_activities, evaluation_batch_shards, evaluation_batches, reviews, decisions, customer_status_assignments,
    status_transition_rules, rule_set_versions, daily_metrics_starts, daily_metrics_progress, daily_learning_metrics, activities, customer_states,
    customers, settings, status_tags;

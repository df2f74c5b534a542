-- Whether a version was ever published.
SELECT EXISTS (SELECT FROM rule_set_versions WHERE version = $1);

-- From now on what customers begin with is planned again.
DROP TRIGGER bench_unplanned ON campaign_causes;
DROP FUNCTION bench_unplanned()

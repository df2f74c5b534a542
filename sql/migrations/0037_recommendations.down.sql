DROP TABLE recommendation_run, recommendations;

DROP TABLE prediction_sample_days;
DROP TABLE prediction_samples;
DROP TABLE prediction_training_runs;
DROP TABLE prediction_lives;
DROP TABLE prediction_models;

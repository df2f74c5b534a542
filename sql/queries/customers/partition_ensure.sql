-- Makes the monthly partition of the activities log that an instant falls into, unless it is there.
SELECT lstep_activities_partition($1)

-- Cuts the months of the activities log that ended before an instant; answers the names of the partitions that went.
SELECT lstep_cut_activities($1)

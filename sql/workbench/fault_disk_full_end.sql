-- There is room again.
DROP FUNCTION fault_disk_full CASCADE

-- The pages that were written meanwhile are on the disk before something is measured.
CHECKPOINT

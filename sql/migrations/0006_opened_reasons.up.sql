-- A review keeps the reasons it was opened with. Null in rows that were opened before, or by the version before: then those that held last.
ALTER TABLE reviews ADD COLUMN opened_reasons text[];

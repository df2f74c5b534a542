-- Answers when PostgreSQL does.
SELECT 1

-- A name and an address for each number, the same every time.
CREATE OR REPLACE FUNCTION bench_name(n integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['Ada', 'Björn', 'Chiyo', 'Dilara', 'Émile', 'Fatou', 'Grace', 'Hana', 'Igor', 'João'])[1 + n % 10] || ' '
        || (ARRAY['Abe', 'Bauer', 'Costa', 'Dubois', 'Eriksson', 'Fischer', 'García', 'Hoffmann', 'Ito', 'Jansen', 'Kovač'])[1 + n / 10 % 11]
        || ' ' || to_hex(n::bigint * 2654435761 % 4294967296)
$$;
CREATE OR REPLACE FUNCTION bench_email(n integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 'learner' || n || '@school' || n % 97 || '.example'
$$

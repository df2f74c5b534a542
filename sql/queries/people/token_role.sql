-- What a secret is known as here, whether or not it stands.
SELECT role FROM tokens WHERE hash = $1;

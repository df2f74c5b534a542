-- Makes a database that sorts by bytes, as customer ids do; NAME is put in, quoted.
CREATE DATABASE "NAME" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'

// YAML files in, one JSON array of their documents out: [{file, documents: […]}]. Ends with 1 where a file is no YAML.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const files = process.argv.slice(2).map((file) => ({
  file,
  documents: parseAllDocuments(readFileSync(file, "utf8"), { merge: true }).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0].message}`);
    return document.toJS();
  }),
}));
console.log(JSON.stringify(files));

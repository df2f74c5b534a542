// Workflow files against GitHub's schema; what is wrong as JSON, and exit 1.
import { readFileSync } from "node:fs";
import { validateWorkflow } from "@action-validator/core";

for (const file of process.argv.slice(2)) {
  const { errors } = validateWorkflow(readFileSync(file, "utf8"));
  if (errors.length === 0) continue;
  console.log(JSON.stringify({ file, errors }));
  process.exitCode = 1;
}

// Every document of the given files against the schema of Kubernetes for its kind; one line for each thing wrong, and exit 1.
// The validators are those that kubernetes-models compiled from Kubernetes' OpenAPI. They let unknown fields pass; a
// validator reads every field its schema knows, so a field that none has read is one that Kubernetes would not know.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";

const schemas = new URL("node_modules/kubernetes-models/_schemas/", import.meta.url);
const packages = {
  v1: "IoK8sApiCoreV1",
  "apps/v1": "IoK8sApiAppsV1",
  "autoscaling/v2": "IoK8sApiAutoscalingV2",
  "batch/v1": "IoK8sApiBatchV1",
  "networking.k8s.io/v1": "IoK8sApiNetworkingV1",
  "policy/v1": "IoK8sApiPolicyV1",
};

function watched(value, read) {
  if (value === null || typeof value !== "object") return value;
  const fields = new Set();
  const children = new Map();
  read.set(value, fields);
  return new Proxy(value, {
    get(target, name) {
      if (typeof name === "string") fields.add(name);
      if (!children.has(name)) children.set(name, watched(target[name], read));
      return children.get(name);
    },
  });
}

function* unread(value, read, path) {
  if (value === null || typeof value !== "object") return;
  for (const name of Object.keys(value))
    if (!read.get(value)?.has(name)) yield `${path}/${name} is unknown`;
    else yield* unread(value[name], read, `${path}/${name}`);
}

async function wrong(document) {
  const schema = new URL(`${packages[document.apiVersion]}${document.kind}.mjs`, schemas);
  if (!packages[document.apiVersion] || !existsSync(fileURLToPath(schema))) return [`there is no ${document.kind} in ${document.apiVersion}`];
  const { validate } = await import(schema);
  const read = new Map();
  const valid = validate(watched(document, read));
  const errors = valid ? [] : validate.errors.map((error) => `${error.instancePath || "/"} ${error.keyword} ${JSON.stringify(error.params)}`);
  return [...errors, ...unread(document, read, "")];
}

let count = 0;
for (const file of process.argv.slice(2))
  for (const document of parseAllDocuments(readFileSync(file, "utf8"))) {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0].message}`);
    const value = document.toJS();
    for (const line of await wrong(value)) {
      console.log(`${file}: ${value.kind} ${value.metadata?.name}: ${line}`);
      count++;
    }
  }
process.exitCode = count === 0 ? 0 : 1;

// What every command of this folder does alike: options, tables, the end.
import { cpus } from "node:os";
import { parseArgs } from "node:util";

/** Options as {name: [fallback, description]}; prints the help and ends where it is asked for, with 2 on one that is unknown. */
export function optionsOf(verb, what, known) {
  const named = Object.entries(known);
  const help = () => `Description:\n  ${what}\n\nUsage:\n  lstep ${verb} [options]\n\nOptions:\n`
    + named.map(([name, [fallback, description]]) => `  --${name.padEnd(12)} ${description}${fallback ? ` [default: ${fallback}]` : ""}`).join("\n");
  try {
    const { values } = parseArgs({ options: Object.fromEntries([...named.map(([name]) => [name, { type: "string" }]), ["help", { type: "boolean", short: "h" }], ["check", { type: "boolean" }]]) });
    if (values.help) {
      console.log(help());
      process.exit(0);
    }
    const options = Object.fromEntries(named.map(([name, [fallback]]) => [name, typeof fallback === "number" ? numberOf(name, values[name] ?? fallback) : values[name] ?? fallback]));
    if (values.check) process.exit(0); // whoever calls wants to know before anything is built
    return options;
  } catch (trouble) {
    console.error(`${trouble.message}\n\n${help()}`);
    process.exit(2);
  }
}

function numberOf(name, value) {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new Error(`--${name} takes a number above 0, not '${value}'.`);
  return number;
}

export const conditions = () => [["on", `${new Date().toISOString().slice(0, 16)}Z`], ["processors", `${cpus().length}`], ["Node", process.version]];

export function table(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => `${row[at]}`.length)));
  for (const row of rows) console.log(row.map((cell, at) => (at === 0 ? `${cell}`.padEnd(widths[at]) : `${cell}`.padStart(widths[at]))).join("  "));
}

export const whole = (n) => Math.round(n).toLocaleString("en-US");
export const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Ends with 1 and the reasons where there are any. */
export function end(troubles) {
  for (const trouble of troubles) console.error(`Not kept: ${trouble}`);
  process.exitCode = troubles.length > 0 ? 1 : 0;
}

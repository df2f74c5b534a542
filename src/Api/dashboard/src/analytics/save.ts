/** Hands a file to whoever looks at the page. */
export function save(name: string, content: Blob) {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** "l-step-recovery-rate-2027-02-19-2027-03-18.csv" */
export const fileName = (parts: readonly string[], kind: string) =>
  `${["l-step", ...parts].join("-").toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, "-").replace(/^-|-$/g, "")}.${kind}`;

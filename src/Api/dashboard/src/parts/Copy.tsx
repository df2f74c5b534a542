import { useState } from "react";
import { t } from "../language";

const copiedMs = 2_000;

export function Copy({ text }: { text: string }) {
  const [said, say] = useState("");
  const copy = async () => {
    say(await copied(text) ? t("Copied") : t("Select the text and copy it by hand"));
    setTimeout(() => say(""), copiedMs);
  };
  return <button type="button" className="copy" onClick={() => void copy()}><span aria-live="polite">{said || t("Copy")}</span></button>;
}

/** Without TLS a browser has no clipboard for pages, but for localhost; the older way still works there. */
async function copied(text: string): Promise<boolean> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const box = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

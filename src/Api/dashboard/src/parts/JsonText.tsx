import { useEffect, useId, useState } from "react";
import { t } from "../language";
import { canonical } from "../rules/draft";

type Json = Record<string, unknown>;
interface JsonTextProps { label: string; json: Json; what: string; change: (to: Json) => void; isJson: (is: boolean) => void; short?: boolean }

const pretty = (json: Json) => JSON.stringify(json, null, 2);

/** An object as text, beside the form that shows it: either follows the other. */
export function JsonText({ label, json, what, change, isJson, short = false }: JsonTextProps) {
  const id = useId();
  const [text, setText] = useState(() => pretty(json));
  const [trouble, setTrouble] = useState<string | null>(null);
  // What the form changed shows here, and what was typed stays as it was typed while it means the same.
  useEffect(() => {
    if (trouble === null && !means(text, json)) setText(pretty(json));
  }, [json, text, trouble]);
  const typed = (value: string) => {
    setText(value);
    const read = readObject(value, what);
    setTrouble(typeof read === "string" ? read : null);
    isJson(typeof read !== "string");
    if (typeof read !== "string") change(read);
  };
  return (
    <div className="rule-text">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} className={short ? "code short" : "code"} spellCheck={false} value={text} aria-invalid={trouble !== null} onChange={(event) => typed(event.target.value)} />
      {trouble !== null && (
        <div className="wrong" role="alert"><p>{trouble}</p><button type="button" className="small" onClick={() => typed(pretty(json))}>{t("Back to the form")}</button></div>
      )}
    </div>
  );
}

function readObject(text: string, what: string): Json | string {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Json) : t("{what} is an object.", { what });
  } catch (trouble) {
    return trouble instanceof Error ? t("This is not JSON yet: {why}", { why: trouble.message }) : t("This is not JSON yet.");
  }
}

function means(text: string, json: Json) {
  const read = readObject(text, "It");
  return typeof read !== "string" && canonical(read) === canonical(json);
}

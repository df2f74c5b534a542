import { useId, useState } from "react";
import { useEvents, useRejected } from "../api/queries";
import { rich, t } from "../language";
import { things } from "../format";
import { keyPlaceholder, snippets } from "../snippets";
import { Link } from "../router";
import { Copy } from "./Copy";
import { refusals } from "../words";

const lookEveryMs = 2_000;
const makeKey = <code>./lstep keys add ingest my-site</code>;

/** What a new installation shows instead of empty charts: the way to the first event, and the moment it comes. */
export function FirstEvent({ isAdmin }: { isAdmin: boolean }) {
  const [key, setKey] = useState("");
  const keyId = useId();
  return (
    <section className="card first-event" aria-labelledby="first-title">
      <header className="card-head"><h2 id="first-title">{t("Send your first event")}</h2></header>
      <ol className="steps">
        <li>
          <h3>{t("Take your write key")}</h3>
          {isAdmin
            ? <p>{rich("It is {name} in {file}, in the data folder ({folder} unless you chose another). {command} makes a further one. The server keeps only a fingerprint of it, so this page cannot show it.", { name: <code>writeKey</code>, file: <code>keys.json</code>, folder: <code>.lstep</code>, command: makeKey })}</p>
            : <p>{rich("Somebody with the role admin has it, or makes one for you with {command}.", { command: makeKey })}</p>}
          <label htmlFor={keyId}>{t("Write key, to fill in the snippet")} <span className="faint">{t("(stays in this tab, is not sent)")}</span></label>
          <input id={keyId} type="password" autoComplete="off" spellCheck={false} value={key} onChange={(event) => setKey(event.target.value)} placeholder="lsw_…" />
        </li>
        <li><h3>{t("Send an event")}</h3><SnippetTabs writeKey={key.trim() || keyPlaceholder} /></li>
        <li><h3>{t("Watch it arrive")}</h3><Arrival /></li>
      </ol>
    </section>
  );
}

function SnippetTabs({ writeKey }: { writeKey: string }) {
  const all = snippets(location.origin, writeKey);
  const [chosen, choose] = useState("browser");
  const shown = all.find(({ id }) => id === chosen)!;
  return (
    <>
      <div className="snippet-kinds" role="group" aria-label={t("Kind of snippet")}>
        {all.map(({ id, label }) => <button key={id} type="button" aria-pressed={id === chosen} onClick={() => choose(id)}>{label}</button>)}
        <span className="faint">{shown.note}</span>
        <Copy text={shown.text} />
      </div>
      <pre className="snippet" tabIndex={0} aria-label={t("Snippet: {kind}", { kind: shown.label })}><code>{writeKey === keyPlaceholder ? shown.text : shown.text.replaceAll(writeKey, `${writeKey.slice(0, 4)}…`)}</code></pre>
    </>
  );
}

/** An event without a customer, and one that was refused, are signs of life too: they say what is still wrong. */
function Arrival() {
  const events = useEvents({});
  const rejected = useRejected(1, lookEveryMs);
  const seen = events.data?.pages[0]?.items[0];
  const refused = rejected.data?.pages[0]?.items[0];
  return (
    <div className="arrival" role="status">
      <p><span className="pulse" aria-hidden="true" /><b>{t("Waiting for your first event …")}</b> <span className="muted">{t("This page changes by itself when it comes.")}</span></p>
      {seen && <p>{rich("“{event}” came {times}, but of nobody yet: send a {id}, or identify the visitor.", { event: <bdi>{seen.name}</bdi>, times: things(seen.count, "time"), id: <code>userId</code> })}</p>}
      {refused && <p className="error">{t("An event came and was refused: {why}", { why: refusals[refused.code]?.why ?? refused.message })} <Link href="/rejected">{t("See why")}</Link></p>}
    </div>
  );
}

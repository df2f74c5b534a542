import { useId, useState } from "react";
import { useEvents, useRejected } from "../api/queries";
import { things } from "../format";
import { keyPlaceholder, snippets } from "../snippets";
import { Link } from "../router";
import { Copy } from "./Copy";
import { refusals } from "../words";

const lookEveryMs = 2_000;

/** What a new installation shows instead of empty charts: the way to the first event, and the moment it comes. */
export function FirstEvent({ isAdmin }: { isAdmin: boolean }) {
  const [key, setKey] = useState("");
  const keyId = useId();
  return (
    <section className="card first-event" aria-labelledby="first-title">
      <header className="card-head"><h2 id="first-title">Send your first event</h2></header>
      <ol className="steps">
        <li>
          <h3>Take your write key</h3>
          {isAdmin
            ? <p>It is <code>writeKey</code> in <code>keys.json</code>, in the data folder (<code>.lstep</code> unless you chose another). <code>./lstep keys add ingest my-site</code> makes a further one. The server keeps only a fingerprint of it, so this page cannot show it.</p>
            : <p>Somebody with the role admin has it, or makes one for you with <code>./lstep keys add ingest my-site</code>.</p>}
          <label htmlFor={keyId}>Write key, to fill in the snippet <span className="faint">(stays in this tab, is not sent)</span></label>
          <input id={keyId} type="password" autoComplete="off" spellCheck={false} value={key} onChange={(event) => setKey(event.target.value)} placeholder="lsw_…" />
        </li>
        <li><h3>Send an event</h3><SnippetTabs writeKey={key.trim() || keyPlaceholder} /></li>
        <li><h3>Watch it arrive</h3><Arrival /></li>
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
      <div className="snippet-kinds" role="group" aria-label="Kind of snippet">
        {all.map(({ id, label }) => <button key={id} type="button" aria-pressed={id === chosen} onClick={() => choose(id)}>{label}</button>)}
        <span className="faint">{shown.note}</span>
        <Copy text={shown.text} />
      </div>
      <pre className="snippet" tabIndex={0} aria-label={`Snippet: ${shown.label}`}><code>{writeKey === keyPlaceholder ? shown.text : shown.text.replaceAll(writeKey, `${writeKey.slice(0, 4)}…`)}</code></pre>
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
      <p><span className="pulse" aria-hidden="true" /><b>Waiting for your first event …</b> <span className="muted">This page changes by itself when it comes.</span></p>
      {seen && <p>“<bdi>{seen.name}</bdi>” came {things(seen.count, "time")}, but of nobody yet: send a <code>userId</code>, or identify the visitor.</p>}
      {refused && <p className="error">An event came and was refused: {refusals[refused.code]?.why ?? refused.message} <Link href="/rejected">See why</Link></p>}
    </div>
  );
}

import { useState } from "react";
import { rich, t } from "../language";

export interface Shown { subject: string | null; text: string | null; html: string | null; json?: unknown; link?: string | null }

const widths = { phone: 390, desktop: 720 } as const;
type Width = keyof typeof widths;

/** A message as its receiver sees it. A mail is shown in a frame that may do nothing: no script, no window, no other host. */
export function MessageView({ message }: { message: Shown }) {
  const [width, setWidth] = useState<Width>("desktop");
  const [asText, setAsText] = useState(false);
  const { subject, text, html, json, link } = message;
  return (
    <div className="message-view">
      {subject && <p className="message-subject" dir="auto">{subject}</p>}
      {html && (
        <div className="message-tools" role="group" aria-label={t("How to show it")}>
          {(Object.keys(widths) as Width[]).map((each) => <button key={each} type="button" className="small" aria-pressed={!asText && width === each} onClick={() => { setWidth(each); setAsText(false); }}>{t(each === "phone" ? "Phone" : "Desktop")}</button>)}
          {text && <button type="button" className="small" aria-pressed={asText} onClick={() => setAsText(true)}>{t("Plain text")}</button>}
        </div>
      )}
      {html && !asText ? <iframe className="mail" title={subject ?? t("Mail")} sandbox="" srcDoc={html} style={{ width: widths[width] }} />
        : json !== undefined && json !== null ? <pre className="snippet" tabIndex={0} aria-label={t("The body of the call")}><code>{JSON.stringify(json, null, 2)}</code></pre>
        : text ? <p className="message-text" dir="auto">{text}</p> : <p className="faint">{t("Nothing is said in words.")}</p>}
      {link && !html && <p className="faint break">{rich("Leads to {link}", { link: <code>{link}</code> })}</p>}
    </div>
  );
}

import { useState } from "react";
import { useTestSend } from "../api/campaigns";
import type { CampaignRow } from "../api/schema";
import { channelNames, reasonOf } from "../campaigns";

interface TestSendProps { campaign: CampaignRow; customerId: string; step: number; locale: string }

type Channel = CampaignRow["steps"][number]["channel"];

/** What an address of a channel looks like; a channel without one sends to the receiver that is set up. */
const wanted: Partial<Record<Channel, string>> = { email: "you@example.com", push: "A device’s token", line: "An id at LINE" };
const testable: Record<Channel, boolean> = { email: true, push: true, line: true, webhook: true, alert: true, in_app: false, task: false };

/** The message that is shown, sent once to an address of one's own: it counts nowhere. */
export function TestSend({ campaign, customerId, step, locale }: TestSendProps) {
  const [to, setTo] = useState("");
  const [variant, setVariant] = useState("");
  const send = useTestSend(campaign.name);
  const channel = campaign.steps.find(({ number }) => number === step)?.channel ?? "email";
  const asksWhere = wanted[channel] !== undefined;
  if (!testable[channel]) return null;
  return (
    <details className="test-send">
      <summary>Send this as a test …</summary>
      <form className="filters" onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ customerId, ...(asksWhere ? { to: to.trim() } : {}), step, ...(locale ? { locale } : {}), ...(variant ? { variant } : {}) });
      }}>
        {asksWhere && <input required aria-label={`Where to send it by ${channelNames[channel]}`} type={channel === "email" ? "email" : "text"} placeholder={wanted[channel]} maxLength={4096} value={to} onChange={(event) => setTo(event.target.value)} />}
        {campaign.variants.length > 0 && (
          <select aria-label="Variant" value={variant} onChange={(event) => setVariant(event.target.value)}>
            <option value="">The customer’s variant</option>{campaign.variants.map(({ name }) => <option key={name} value={name}>Variant {name}</option>)}
          </select>
        )}
        <button type="submit" disabled={send.isPending || (asksWhere && to.trim() === "")}>{send.isPending ? "Sending …" : "Send a test"}</button>
      </form>
      <p className="faint">It goes {asksWhere ? "there" : "to the receiver that is set up"} once, for real, is marked as a test and counts in no figure.</p>
      <div role="status">
        {send.data && <p className={send.data.outcome === "sent" ? "said" : "problem"}>{outcomeOf(send.data.outcome)} by {channelNames[send.data.channel as Channel]}{send.data.to && <> to <bdi className="break">{send.data.to}</bdi></>}{send.data.reason && `: ${reasonOf(send.data.reason)}`}.</p>}
      </div>
      {send.error && <p className="problem" role="alert">{send.error.message}</p>}
    </details>
  );
}

const outcomes: Record<string, string> = { sent: "Sent", failed: "Not sent", uncertain: "It is not certain whether it was sent" };
const outcomeOf = (outcome: string) => (Object.hasOwn(outcomes, outcome) ? outcomes[outcome]! : outcome);

import { useState } from "react";
import { useTestSend } from "../api/campaigns";
import type { CampaignRow } from "../api/schema";
import { channelNames, reasonOf } from "../campaigns";

interface TestSendProps { campaign: CampaignRow; customerId: string; step: number; locale: string }

const wanted: Partial<Record<CampaignRow["steps"][number]["channel"], string>> = { email: "you@example.com", webhook: "https://example.com/hook" };

/** The message that is shown, sent once to an address of one's own: it counts nowhere. */
export function TestSend({ campaign, customerId, step, locale }: TestSendProps) {
  const [to, setTo] = useState("");
  const [variant, setVariant] = useState("");
  const send = useTestSend(campaign.name);
  const channel = campaign.steps.find(({ number }) => number === step)?.channel ?? "email";
  return (
    <details className="test-send">
      <summary>Send this as a test …</summary>
      <form className="filters" onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ customerId, to: to.trim(), step, ...(locale ? { locale } : {}), ...(variant ? { variant } : {}) });
      }}>
        <input required aria-label={`Where to send it by ${channelNames[channel]}`} type={channel === "email" ? "email" : "text"} placeholder={wanted[channel] ?? "Receiver"} maxLength={320} value={to} onChange={(event) => setTo(event.target.value)} />
        {campaign.variants.length > 0 && (
          <select aria-label="Variant" value={variant} onChange={(event) => setVariant(event.target.value)}>
            <option value="">The customer’s variant</option>{campaign.variants.map(({ name }) => <option key={name} value={name}>Variant {name}</option>)}
          </select>
        )}
        <button type="submit" disabled={send.isPending || to.trim() === ""}>{send.isPending ? "Sending …" : "Send a test"}</button>
      </form>
      <p className="faint">It goes to this receiver alone, is marked as a test and counts in no figure.</p>
      <div role="status">
        {send.data && <p className={send.data.outcome === "sent" ? "said" : "problem"}>{outcomeOf(send.data.outcome)} by {channelNames[send.data.channel]}{send.data.to && <> to <bdi className="break">{send.data.to}</bdi></>}{send.data.reason && `: ${reasonOf(send.data.reason)}`}.</p>}
      </div>
      {send.error && <p className="problem" role="alert">{send.error.message}</p>}
    </details>
  );
}

const outcomes: Record<string, string> = { sent: "Sent", kept: "Kept in the mailbox instead of sent", failed: "Not sent", uncertain: "It is not certain whether it was sent" };
const outcomeOf = (outcome: string) => (Object.hasOwn(outcomes, outcome) ? outcomes[outcome]! : outcome);

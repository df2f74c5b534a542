import { useState } from "react";
import { useTestSend } from "../api/campaigns";
import type { CampaignRow, TestSendRow } from "../api/schema";
import { channelNames, reasonOf } from "../campaigns";
import { rich, t, translated } from "../language";

interface TestSendProps { campaign: CampaignRow; customerId: string; step: number; locale: string }

type Channel = CampaignRow["steps"][number]["channel"];

/** What an address of a channel looks like; a channel without one sends to the receiver that is set up. */
const wanted = (channel: Channel) => (channel === "email" ? "you@example.com" : channel === "push" ? t("A device’s token") : channel === "line" ? t("An id at LINE") : undefined);
const testable: Record<Channel, boolean> = { email: true, push: true, line: true, webhook: true, alert: true, in_app: false, task: false };

/** The message that is shown, sent once to an address of one's own: it counts nowhere. */
export function TestSend({ campaign, customerId, step, locale }: TestSendProps) {
  const [to, setTo] = useState("");
  const [variant, setVariant] = useState("");
  const send = useTestSend(campaign.name);
  const channel = campaign.steps.find(({ number }) => number === step)?.channel ?? "email";
  const asksWhere = wanted(channel) !== undefined;
  if (!testable[channel]) return null;
  return (
    <details className="test-send">
      <summary>{t("Send this as a test …")}</summary>
      <form className="filters" onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ customerId, ...(asksWhere ? { to: to.trim() } : {}), step, ...(locale ? { locale } : {}), ...(variant ? { variant } : {}) });
      }}>
        {asksWhere && <input required aria-label={t("Where to send it by {channel}", { channel: channelNames[channel] })} type={channel === "email" ? "email" : "text"} placeholder={wanted(channel)} maxLength={4096} value={to} onChange={(event) => setTo(event.target.value)} />}
        {campaign.variants.length > 0 && (
          <select aria-label={t("Variant")} value={variant} onChange={(event) => setVariant(event.target.value)}>
            <option value="">{t("The customer’s variant")}</option>{campaign.variants.map(({ name }) => <option key={name} value={name}>{t("Variant {name}", { name })}</option>)}
          </select>
        )}
        <button type="submit" disabled={send.isPending || (asksWhere && to.trim() === "")}>{send.isPending ? t("Sending …") : t("Send a test")}</button>
      </form>
      <p className="faint">{asksWhere ? t("It goes there once, for real, is marked as a test and counts in no figure.") : t("It goes to the receiver that is set up once, for real, is marked as a test and counts in no figure.")}</p>
      <div role="status">
        {send.data && <p className={send.data.outcome === "sent" ? "said" : "problem"}>{outcomeOf(send.data)}</p>}
      </div>
      {send.error && <p className="problem" role="alert">{send.error.message}</p>}
    </details>
  );
}

const outcomes: Record<string, string> = translated({ sent: "Sent", failed: "Not sent", uncertain: "It is not certain whether it was sent" });

function outcomeOf({ outcome: code, channel: by, to, reason }: TestSendRow) {
  const outcome = Object.hasOwn(outcomes, code) ? outcomes[code]! : code;
  const channel = channelNames[by as Channel] ?? by;
  const told = to ? rich("{outcome} by {channel} to {to}", { outcome, channel, to: <bdi className="break">{to}</bdi> }) : t("{outcome} by {channel}", { outcome, channel });
  return reason ? rich("{told}: {why}.", { told, why: reasonOf(reason) }) : rich("{told}.", { told });
}

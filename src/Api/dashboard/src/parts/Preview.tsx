import { useState } from "react";
import { useActions, usePreview } from "../api/campaigns";
import type { CampaignRow, PreviewRequest } from "../api/schema";
import { channelNames, delays } from "../campaigns";
import { rich, t } from "../language";
import { ChooseCustomer } from "./ChooseCustomer";
import { MessageView } from "./MessageView";
import { Person } from "./Person";
import { Nothing, Waiting } from "./States";
import { TestSend } from "./TestSend";

/** A message of a campaign as a customer who is chosen would get it: by itself, the one who got it last. */
export function Preview({ campaign }: { campaign: CampaignRow }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [step, setStep] = useState(1);
  const [locale, setLocale] = useState("");
  const latest = useActions({ campaign: campaign.name }, 20).data?.pages[0]?.items[0]?.customerId;
  const customerId = chosen ?? latest ?? null;
  const asked: PreviewRequest | null = customerId === null ? null : { customerId, step, locale: locale || null };
  const preview = usePreview(campaign.name, asked);
  return (
    <section className="card preview" aria-labelledby="preview-title">
      <header className="card-head"><h2 id="preview-title">{t("What it looks like")}</h2></header>
      <div className="filters">
        <ChooseCustomer label={t("Customer to preview for")} placeholder={t("Another customer …")} choose={setChosen} />
        {campaign.steps.length > 1 && (
          <select aria-label={t("Which message")} value={step} onChange={(event) => setStep(Number(event.target.value))}>
            {campaign.steps.map(({ number, afterMinutes, channel }) => <option key={number} value={number}>{t("{channel} {n}, {when}", { channel: channelNames[channel], n: number, when: delays([afterMinutes]) })}</option>)}
          </select>
        )}
        <select aria-label={t("Language")} value={locale} onChange={(event) => setLocale(event.target.value)}>
          <option value="">{t("The customer’s language")}</option><option value="en">English</option><option value="ja">日本語</option>
        </select>
      </div>
      {customerId && <p className="line muted preview-for">{rich("For {customer}", { customer: <Person id={customerId} /> })}{preview.data?.to && <bdi className="faint break">{preview.data.to}</bdi>}</p>}
      {asked === null ? <Nothing why={t("Nobody has got it yet.")}>{t("Choose a customer to see what they would read.")}</Nothing>
        : preview.error ? <p className="problem" role="alert">{preview.error.message}</p>
        : preview.data ? <MessageView message={preview.data} /> : <Waiting lines={6} />}
      {customerId && !preview.isPending && <TestSend campaign={campaign} customerId={customerId} step={step} locale={locale} />}
    </section>
  );
}

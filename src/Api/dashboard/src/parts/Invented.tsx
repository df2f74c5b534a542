import type { JourneyForm } from "../campaigning/journey";
import { t, translated } from "../language";
import { allTiers } from "../tags";

type Invention = JourneyForm["invented"];

const consents = translated({ email: "Mail", push: "Push", inApp: "In-app" });

/** Somebody who does not exist: what campaigns look at. */
export function Invented({ of, change }: { of: Invention; change: (to: Invention) => void }) {
  const set = (to: Partial<Invention>) => change({ ...of, ...to });
  return (
    <div className="journey-fields">
      <label>{t("Name")}<input value={of.name} maxLength={200} onChange={(event) => set({ name: event.target.value })} /></label>
      <label>{t("Mail")}<input type="email" value={of.email} maxLength={320} onChange={(event) => set({ email: event.target.value })} /></label>
      <label>{t("Tier")}<select value={of.tier} onChange={(event) => set({ tier: event.target.value })}>{allTiers.map((tier) => <option key={tier}>{tier}</option>)}</select></label>
      <label>{t("Their language")}<select value={of.locale} onChange={(event) => set({ locale: event.target.value })}><option value="en">English</option><option value="ja">日本語</option></select></label>
      <label>{t("Time zone")}<input value={of.timezone} maxLength={64} spellCheck={false} onChange={(event) => set({ timezone: event.target.value })} /></label>
      <label className="wide">{t("Traits, one a line: name=value")}<textarea rows={2} value={of.traits} maxLength={4000} spellCheck={false} onChange={(event) => set({ traits: event.target.value })} /></label>
      <fieldset><legend>{t("Agrees to")}</legend><span className="choices">{Object.entries(consents).map(([channel, name]) => <label key={channel} className="check"><input type="checkbox" checked={of.consent[channel as keyof typeof consents]} onChange={(event) => set({ consent: { ...of.consent, [channel]: event.target.checked } })} />{name}</label>)}</span></fieldset>
    </div>
  );
}

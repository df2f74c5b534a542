import { channelNames } from "../campaigns";
import { delayOf, minutesOf, moreVariants, stepsOf, variantsMax, variantsOf, withSteps, withVariants, type Delay, type DraftCampaign, type DraftStep, type DraftVariant } from "../campaigning/draft";
import { percent } from "../format";
import { rich, t, translated } from "../language";
import { isAt, type Finding } from "../rules/draft";
import { Wrong } from "./Fields";

interface ListProps { campaign: DraftCampaign; path: string; findings: readonly Finding[]; change: (to: DraftCampaign) => void }

const replaced = <T,>(list: readonly T[], at: number, by: T) => list.map((each, index) => (index === at ? by : each));
const without = <T,>(list: readonly T[], at: number) => list.filter((_, index) => index !== at);

const units = translated({ days: "d", hours: "h", minutes: "min" });
const unitNames = translated({ days: "days", hours: "hours", minutes: "minutes" });
const allUnits = Object.keys(units) as (keyof Delay)[];

/** The messages of a sequence: how long after the move, and by which channel. */
export function StepsForm({ campaign, path, findings, change }: ListProps) {
  const steps = stepsOf(campaign);
  const put = (to: readonly DraftStep[]) => change(withSteps(campaign, to));
  const last = steps.at(-1);
  return (
    <div className="rule-field" role="group" aria-label={t("Messages")}>
      <Wrong list={findings.filter((finding) => finding.path === path)} />
      <ol className="campaign-steps">
        {steps.map((step, at) => (
          <li key={at}>
            <div className="step-fields" role="group" aria-label={t("Message {n}", { n: at + 1 })}>
              {rich("After {delay} by {channel}", {
                delay: <Delayed delay={delayOf(step.afterMinutes)} set={(delay) => put(replaced(steps, at, { ...step, afterMinutes: minutesOf(delay) }))} />,
                channel: (
                  <select aria-label={t("Channel")} value={step.channel} onChange={(event) => put(replaced(steps, at, { ...step, channel: event.target.value }))}>
                    {!Object.hasOwn(channelNames, step.channel) && <option value={step.channel}>{step.channel}</option>}
                    {Object.entries(channelNames).map(([channel, name]) => <option key={channel} value={channel}>{name}</option>)}
                  </select>
                ),
              })}
              {steps.length > 1 && <button type="button" className="small remove" aria-label={t("Remove message {n}", { n: at + 1 })} title={t("Remove message {n}", { n: at + 1 })} onClick={() => put(without(steps, at))}>×</button>}
            </div>
            <Wrong list={findings.filter((finding) => isAt(finding.path, `${path}[${at}]`))} />
          </li>
        ))}
      </ol>
      <div className="condition-add"><button type="button" className="small" onClick={() => put([...steps, { afterMinutes: (last?.afterMinutes ?? 0) + (last ? 2 * 1440 : 0), channel: last?.channel ?? "email" }])}>{t("Add a message")}</button></div>
    </div>
  );
}

const Delayed = ({ delay, set }: { delay: Delay; set: (to: Delay) => void }) => (
  <>
    {allUnits.map((unit) => (
      <label key={unit} className="delay-unit"><input type="number" min={0} aria-label={unitNames[unit]} value={delay[unit]} onChange={(event) => set({ ...delay, [unit]: event.target.value === "" ? 0 : Math.max(0, Math.floor(event.target.valueAsNumber)) })} /><span aria-hidden="true">{units[unit]}</span></label>
    ))}
  </>
);

/** None, or two to five contents with their weights. */
export function VariantsForm({ campaign, path, findings, change }: ListProps) {
  const variants = variantsOf(campaign);
  const put = (to: readonly DraftVariant[]) => change(withVariants(campaign, to));
  const all = variants.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <div className="rule-field" role="group" aria-label={t("Contents that are compared")}>
      <Wrong list={findings.filter((finding) => finding.path === path)} />
      {variants.length === 0 && (typeof campaign.promoted === "string"
        ? <p className="line muted">{t("Everybody gets variant {name}, which has won.", { name: campaign.promoted })} <button type="button" className="small" onClick={() => change({ ...campaign, promoted: null })}>{t("Back to the first text")}</button></p>
        : <p className="muted">{t("Everybody gets the same.")}</p>)}
      <ul className="campaign-steps">
        {variants.map((variant, at) => (
          <li key={at}>
            <div className="step-fields" role="group" aria-label={t("Content {n}", { n: at + 1 })}>
              <input className="variant-name" aria-label={t("Variant")} maxLength={50} spellCheck={false} value={variant.name} onChange={(event) => put(replaced(variants, at, { ...variant, name: event.target.value }))} />
              <label className="delay-unit"><span className="muted">{t("weight")}</span><input type="number" min={0} aria-label={t("Weight")} value={variant.weight} onChange={(event) => put(replaced(variants, at, { ...variant, weight: event.target.value === "" ? 0 : event.target.valueAsNumber }))} /></label>
              <span className="faint">{percent(variant.weight, all)}</span>
              <button type="button" className="small remove" aria-label={t("Remove variant {name}", { name: variant.name })} title={t("Remove variant {name}", { name: variant.name })} onClick={() => put(without(variants, at))}>×</button>
            </div>
            <Wrong list={findings.filter((finding) => isAt(finding.path, `${path}[${at}]`))} />
          </li>
        ))}
      </ul>
      {variants.length < variantsMax && <div className="condition-add"><button type="button" className="small" onClick={() => put(moreVariants(variants))}>{variants.length === 0 ? t("Compare two contents") : t("Add a variant")}</button></div>}
    </div>
  );
}

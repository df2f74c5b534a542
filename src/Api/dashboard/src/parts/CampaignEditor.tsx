import { fromOf, onOf, valueOf, type DraftCampaign } from "../campaigning/draft";
import { flagOf, isAt, nameOf, type Finding } from "../rules/draft";
import { newClause, print } from "../rules/conditions";
import { t } from "../language";
import { allTags, tagFacts } from "../tags";
import { StepsForm, VariantsForm } from "./CampaignSteps";
import { ConditionsForm, Field, TagChoices, Wrong } from "./Fields";
import { JsonText } from "./JsonText";

export interface EditorProps { campaign: DraftCampaign; path: string; findings: readonly Finding[]; change: (to: DraftCampaign) => void; textIsJson: (is: boolean) => void }

/** One campaign as a form and as JSON, beside each other: either follows the other. */
export function CampaignEditor({ campaign, path, findings, change, textIsJson }: EditorProps) {
  const set = (field: string, value: unknown) => change({ ...campaign, [field]: value });
  const at = (field: string) => `${path}.${field}`;
  const others = findings.filter((finding) => !fields.some((field) => isAt(finding.path, at(field))));
  const shared = { findings };
  return (
    <div className="rule-editor">
      <div className="rule-form">
        <Wrong list={others} />
        <Field label={t("Name")} path={at("name")} {...shared} hint={t("Actions, templates and reports know it by this name.")}>{(id) => <input id={id} value={nameOf(campaign)} maxLength={100} spellCheck={false} onChange={(event) => set("name", event.target.value)} />}</Field>
        <Flag field="active" words={t("Active: new moves start it")} campaign={campaign} path={path} findings={findings} set={set} />
        <When campaign={campaign} path={path} findings={findings} set={set} />
        <div className="field-pair">
          <Field label={t("Kind")} path={at("kind")} {...shared} hint={t("Consent, the cap, quiet hours and the holdout are of marketing alone.")}>
            {(id) => <select id={id} value={String(campaign.kind)} onChange={(event) => set("kind", event.target.value)}><option value="marketing">{t("Marketing")}</option><option value="service">{t("Service")}</option></select>}
          </Field>
          <Figure label={t("Holdout (%)")} field="holdoutPercent" max={100} campaign={campaign} path={path} findings={findings} set={set} />
          <Figure label={t("Starts once in (days)")} field="onceInDays" max={3650} campaign={campaign} path={path} findings={findings} set={set} />
        </div>
        <h2>{t("Messages")}</h2>
        <StepsForm campaign={campaign} path={at("steps")} findings={findings} change={change} />
        <h2>{t("Contents that are compared")}</h2>
        <VariantsForm campaign={campaign} path={at("variants")} findings={findings} change={change} />
        <Wrong list={findings.filter((finding) => isAt(finding.path, at("promoted")))} />
        <h2>{t("For whom")}</h2>
        <Condition field="audience" none={t("Everybody whose tag moves.")} words={t("Only for those who")} campaign={campaign} path={path} findings={findings} set={set} />
        <h2>{t("Looked at once more when a message is due")}</h2>
        <Condition field="whenSending" none={t("Nothing beyond the tag, consent, the cap and quiet hours.")} words={t("Only if by then")} campaign={campaign} path={path} findings={findings} set={set} />
        <h2>{t("Payload")}</h2>
        <JsonText label={t("What templates and receivers are given, as JSON")} json={objectOf(valueOf(campaign, "payload"))} what={t("A payload")} short change={(payload) => set("payload", payload)} isJson={textIsJson} />
        <Wrong list={findings.filter((finding) => isAt(finding.path, at("payload")))} />
      </div>
      <JsonText label={t("As JSON")} json={campaign} what={t("A campaign")} change={change} isJson={textIsJson} />
    </div>
  );
}

const fields = ["name", "active", "on", "from", "firstTime", "onHighValueReview", "kind", "holdoutPercent", "onceInDays", "steps", "variants", "promoted", "audience", "whenSending", "payload"];
const objectOf = (json: unknown) => (typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : {});

interface PartProps { campaign: DraftCampaign; path: string; findings: readonly Finding[]; set: (field: string, value: unknown) => void }

const Flag = ({ field, words, campaign, path, findings, set }: PartProps & { field: string; words: string }) => (
  <div><label className="check"><input type="checkbox" checked={field === "active" ? flagOf(campaign, field) : valueOf(campaign, field) === true} onChange={(event) => set(field, event.target.checked)} />{words}</label><Wrong list={findings.filter((finding) => isAt(finding.path, `${path}.${field}`))} /></div>
);

function Figure({ label, field, max, campaign, path, findings, set }: PartProps & { label: string; field: string; max: number }) {
  const value = valueOf(campaign, field);
  return (
    <Field label={label} path={`${path}.${field}`} findings={findings}>
      {(id) => <input id={id} type="number" min={0} max={max} value={typeof value === "number" ? value : ""} onChange={(event) => set(field, event.target.value === "" ? null : event.target.valueAsNumber)} />}
    </Field>
  );
}

function When({ campaign, path, findings, set }: PartProps) {
  const on = onOf(campaign);
  return (
    <>
      <Field label={t("Starts when the tag becomes")} path={`${path}.on`} findings={findings}>
        {(id) => <select id={id} value={on ?? ""} onChange={(event) => set("on", event.target.value)}>{on === null && <option value="">{String(campaign.on)}</option>}{allTags.map((tag) => <option key={tag} value={tag}>{tagFacts[tag].short}</option>)}</select>}
      </Field>
      <TagChoices label={t("Coming from (none: from any)")} chosen={fromOf(campaign)} path={`${path}.from`} findings={findings} set={(tags) => set("from", tags)} />
      <div className="rule-flags">
        <Flag field="firstTime" words={t("Only the first time")} campaign={campaign} path={path} findings={findings} set={set} />
        <Flag field="onHighValueReview" words={t("Also when a review of a high-value customer opens")} campaign={campaign} path={path} findings={findings} set={set} />
      </div>
    </>
  );
}

function Condition({ field, none, words, campaign, path, findings, set }: PartProps & { field: "audience" | "whenSending"; none: string; words: string }) {
  const condition = valueOf(campaign, field);
  if (condition === null) {
    return (
      <div className="line condition-none">
        <p className="muted">{none}</p>
        <button type="button" className="small" aria-label={t("Add a condition: {words}", { words })} onClick={() => set(field, print(newClause()))}>{t("Add a condition")}</button>
        <Wrong list={findings.filter((finding) => isAt(finding.path, `${path}.${field}`))} />
      </div>
    );
  }
  return (
    <div className="rule-field" role="group" aria-label={words}>
      <ConditionsForm conditions={condition} path={`${path}.${field}`} findings={findings} change={(to) => set(field, to)} />
      <button type="button" className="small remove-rule" aria-label={t("Without a condition: {words}", { words })} onClick={() => set(field, null)}>{t("Without a condition")}</button>
    </div>
  );
}

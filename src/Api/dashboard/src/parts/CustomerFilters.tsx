import { useId, useState } from "react";
import type { CustomerFilter } from "../api/client";
import { useSession } from "../api/queries";
import { fartherParts, narrowing } from "../customers/filter";
import { t, text, translate } from "../language";
import { allBehaviors, allIndicators, allSeverities, allTags, allTiers, behaviorNames, indicatorName, severityNames, tagFacts } from "../tags";
import { SearchBox } from "./SearchBox";
import { TagIcon } from "./TagIcon";

interface FiltersProps { filter: CustomerFilter; change: (part: CustomerFilter) => void; clear: () => void }

export function CustomerFilters({ filter, change, clear }: FiltersProps) {
  const set = fartherParts.filter((part) => filter[part]).length;
  const [isOpen, setOpen] = useState(set > 0);
  const id = useId();
  return (
    <div role="search">
      <div className="filters">
        <SearchBox label={t("Search customers")} placeholder={t("Name, email or id")} value={filter.q ?? ""} change={(q) => change({ q: q || undefined })} />
        <div className="tag-filter" role="group" aria-label={t("Tag")}>
          {allTags.map((tag) => (
            <button key={tag} type="button" className="chip tag toggle" data-tag={tag} aria-pressed={filter.tag === tag}
              title={tagFacts[tag].meaning} onClick={() => change({ tag: filter.tag === tag ? undefined : tag })}>
              <TagIcon tag={tag} />{tagFacts[tag].short}
            </button>
          ))}
        </div>
        <select aria-label={t("Tier")} value={filter.tier ?? ""} onChange={(event) => change({ tier: (event.target.value || undefined) as CustomerFilter["tier"] })}>
          <option value="">{t("Any tier")}</option>
          {allTiers.map((tier) => <option key={tier}>{tier}</option>)}
        </select>
        <select aria-label={t("Risk indicator")} value={filter.risk ?? ""} onChange={(event) => change({ risk: (event.target.value || undefined) as CustomerFilter["risk"] })}>
          <option value="">{t("Any risk")}</option>
          <optgroup label={t("By severity")}>{allSeverities.map((severity) => <option key={severity} value={severity}>{t("Severity {severity}", { severity: severityNames[severity] })}</option>)}</optgroup>
          <optgroup label={t("By indicator")}>{allIndicators.map((indicator) => <option key={indicator} value={indicator}>{indicatorName(indicator)}</option>)}</optgroup>
        </select>
        <button type="button" className="small-button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          {t("More filters")}{set > 0 && <span className="count-dot">{set}</span>}
        </button>
        {narrowing(filter) > 0 && <button type="button" className="quiet" onClick={clear}>{t("Clear")}</button>}
      </div>
      <div id={id} hidden={!isOpen}>{isOpen && <Farther filter={filter} change={change} />}</div>
    </div>
  );
}

const ranges = [
  { name: text("Lifetime value"), type: "number", from: "minLtv", to: "maxLtv" },
  { name: text("Churn probability, 0 to 1"), type: "number", from: "minChurn", to: "maxChurn" },
  { name: text("Enrolled"), type: "date", from: "enrolledFrom", to: "enrolledTo" },
  { name: text("Last active"), type: "date", from: "activeFrom", to: "activeTo" },
] as const;

const Farther = ({ filter, change }: Omit<FiltersProps, "clear">) => (
  <div className="farther">
    <label>{t("Behaviour")}
      <select value={filter.behavior ?? ""} onChange={(event) => change({ behavior: event.target.value || undefined })}>
        <option value="">{t("Any behaviour")}</option>
        {allBehaviors.map((code) => <option key={code} value={code}>{behaviorNames[code]}</option>)}
      </select>
    </label>
    <Late label={t("Owner")} type="text" value={filter.owner ?? ""} change={(owner) => change({ owner: owner || undefined })} />
    {ranges.map(({ name, type, from, to }) => (
      <fieldset key={from}>
        <legend>{translate(name)}</legend>
        <Late label={t("{what} from", { what: translate(name) })} isShort type={type} value={filter[from] ?? ""} change={(value) => change({ [from]: value || undefined })} />
        <span aria-hidden="true">–</span>
        <Late label={t("{what} up to", { what: translate(name) })} isShort type={type} value={filter[to] ?? ""} change={(value) => change({ [to]: value || undefined })} />
      </fieldset>
    ))}
    <BusinessZone />
  </div>
);

function BusinessZone() {
  const zone = useSession().data?.businessZone;
  return zone && <p className="faint">{t("Dates are business days of {zone}.", { zone })}</p>;
}

/** Asks when the field is left or Enter is pressed: half a number is no filter. */
function Late({ label, type, value, change, isShort = false }: { label: string; type: string; value: string; change: (value: string) => void; isShort?: boolean }) {
  const input = <input key={value} type={type} defaultValue={value} step={type === "number" ? "any" : undefined} maxLength={200} aria-label={isShort ? label : undefined}
    onBlur={(event) => event.target.value !== value && change(event.target.value.trim())}
    onKeyDown={(key) => key.key === "Enter" && !key.nativeEvent.isComposing && key.currentTarget.blur()} />;
  return isShort ? input : <label>{label}{input}</label>;
}

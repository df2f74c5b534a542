import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { keys, useRuleDraft, useRuleFindings, useRules } from "../api/queries";
import type { RuleSetRow, WhoAmI } from "../api/schema";
import { things } from "../format";
import { rich, t } from "../language";
import { Behind } from "../parts/Behind";
import { CsvButton } from "../parts/CsvButton";
import { DryRun } from "../parts/DryRun";
import { Wrong } from "../parts/Fields";
import { Publish } from "../parts/Publish";
import { RuleEditor, RuleReading } from "../parts/RuleEditor";
import { RuleVersions } from "../parts/RuleVersions";
import { Trouble, Waiting } from "../parts/States";
import { At } from "../parts/Time";
import { changesOf, draftOf, findingsOf, flagOf, listOf, nameOf, newRule, toDraft, type Draft, type DraftRule, type Finding } from "../rules/draft";
import { toldFindings } from "../rules/findings";
import { rulesTable } from "../rules/tables";
import { useSearch } from "../router";
import { isTag, tagFacts } from "../tags";
import { useTitle } from "../title";

export function RulesPage({ role }: { role: WhoAmI["role"] }) {
  useTitle(t("Rules"));
  const active = useRules();
  return (
    <div className="rules-page">
      {active.error && !active.data ? <section className="card"><h1>{t("Rules")}</h1><Trouble error={active.error} again={() => void active.refetch()} /></section>
        : !active.data ? <section className="card"><h1>{t("Rules")}</h1><Waiting lines={8} /></section>
        : <Rules active={active.data} mayEdit={role !== "viewer"} isAdmin={role === "admin"} />}
    </div>
  );
}

function Rules({ active, mayEdit, isAdmin }: { active: RuleSetRow; mayEdit: boolean; isAdmin: boolean }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useRuleDraft(active);
  const asked = Number(new URLSearchParams(useSearch()).get("rule") ?? NaN);
  const [chosen, setChosen] = useState(() => Math.max(0, draft.rules.findIndex(({ id }) => id === asked)));
  const [textIsJson, setTextIsJson] = useState(true);
  const [refusals, setRefusals] = useState<readonly Finding[]>([]);
  const inForce = useMemo(() => active.rules.map(toDraft), [active]);
  const changes = useMemo(() => changesOf(inForce, draft.rules), [inForce, draft.rules]);
  const found = useRuleFindings(draft.rules, mayEdit && changes.length > 0);
  const errors = changes.length === 0 ? [] : toldFindings(refusals.length > 0 ? refusals : found.data?.errors ?? []);
  const warnings = changes.length === 0 ? [] : toldFindings(found.data?.warnings ?? []);
  const sound = textIsJson && errors.length === 0 && changes.length > 0 && found.isSuccess && !found.isPlaceholderData;
  const index = Math.min(chosen, draft.rules.length - 1);
  const change = (to: Draft) => {
    setRefusals([]);
    setDraft(to);
  };
  const put = (rule: DraftRule) => change({ ...draft, rules: draft.rules.map((each, at) => (at === index ? rule : each)) });
  // Nobody has touched it: it follows what others publish.
  useEffect(() => {
    if (draft.base !== active.version && changes.length === 0) setDraft(draftOf(active));
  }, [active, draft, changes.length, setDraft]);
  const rule = draft.rules[index];
  return (
    <>
      <section className="card" aria-labelledby="rules-title">
        <header className="card-head"><h1 id="rules-title">{t("Rules")}</h1><span className="pill" data-testid="version">{t("version {n}", { n: active.version })}</span><CsvButton name={["rules", `version-${active.version}${changes.length > 0 ? "-changed" : ""}`]} table={() => rulesTable(draft.rules)} /></header>
        <p className="lead">{rich("In force since {at}, published by {author}.", { at: <At at={active.publishedAt} />, author: <bdi>{active.author}</bdi> })} {active.comment && <span dir="auto">{active.comment} </span>}{t("A rule moves who has one of its tags and meets its conditions; of several the lowest priority wins.")}{!mayEdit && ` ${t("You may read them; the success team plays changes, an admin publishes them.")}`}</p>
        {draft.base !== active.version && changes.length > 0 && <Behind active={active} base={draft.base} keep={() => change({ ...draft, base: active.version })} take={() => change(draftOf(active))} />}
        <Wrong list={errors.filter((finding) => !/^\$\.rules\[\d+\]/.test(finding.path))} />
        {found.error && <Trouble error={found.error} again={() => void found.refetch()} />}
        {mayEdit && (
          <div className="rules-tools">
            <button type="button" onClick={() => {
              change({ ...draft, rules: [...draft.rules, newRule(draft.rules)] });
              setChosen(draft.rules.length);
            }}>{t("New rule")}</button>
            {changes.length > 0 && <button type="button" className="quiet" onClick={() => {
              change(draftOf(active));
              setTextIsJson(true);
            }}>{t("Discard changes")}</button>}
            <p className="muted" role="status">{changes.length === 0 ? "" : errors.length > 0 ? t("{n} {n|thing|things} to mend", { n: errors.length }) : sound ? t("Nothing stands against publishing.") : found.isFetching ? t("Checking …") : ""}</p>
          </div>
        )}
        <div className="rules-columns">
          <ul className="rule-list" aria-label={t("Rules")}>
            {draft.rules.map((each, at) => <RuleLine key={at} rule={each} chosen={at === index} before={each.id === undefined ? undefined : inForce.find((old) => old.id === each.id)} errors={findingsOf(errors, at).length} warnings={findingsOf(warnings, at).length} choose={() => setChosen(at)} />)}
          </ul>
          {rule && (
            <div className="rule-pane" key={`${draft.base}/${index}/${String(rule.id)}`}>
              {mayEdit ? <RuleEditor rule={rule} path={`$.rules[${index}]`} findings={findingsOf(errors, index)} change={put} textIsJson={setTextIsJson} /> : <><h2 dir="auto">{nameOf(rule)}</h2><RuleReading rule={rule} /></>}
              {findingsOf(warnings, index).length > 0 && <div className="warned" role="status"><ul>{findingsOf(warnings, index).map((warning) => <li key={warning.path + warning.code}>{warning.message}</li>)}</ul></div>}
              {mayEdit && draft.rules.length > 1 && <button type="button" className="small remove-rule" onClick={() => {
                change({ ...draft, rules: draft.rules.filter((_, at) => at !== index) });
                setChosen(Math.max(0, index - 1));
                setTextIsJson(true);
              }}>{t("Remove this rule")}</button>}
            </div>
          )}
        </div>
      </section>
      {mayEdit && (
        <div className="columns side-by-side">
          <DryRun rules={draft.rules} sound={sound || changes.length === 0} />
          <Publish draft={draft} active={active} changes={changes} sound={sound} isAdmin={isAdmin} change={change} refused={setRefusals} published={(set) => {
            queries.setQueryData(keys.rules, set);
            setDraft(draftOf({ ...set, rules: set.rules }));
            void queries.invalidateQueries({ queryKey: keys.rules });
          }} />
        </div>
      )}
      <RuleVersions active={active} edit={mayEdit ? (set) => {
        change({ base: active.version, rules: set.rules.map(toDraft), comment: t("As version {n}", { n: set.version }) });
        setChosen(0);
        setTextIsJson(true);
        window.scrollTo(0, 0);
      } : null} />
    </>
  );
}

interface LineProps { rule: DraftRule; chosen: boolean; before: DraftRule | undefined; errors: number; warnings: number; choose: () => void }

const shortNames = (tags: readonly string[]) => tags.map((tag) => (isTag(tag) ? tagFacts[tag].short : tag)).join(t(", "));

function RuleLine({ rule, chosen, before, errors, warnings, choose }: LineProps) {
  const mark = before === undefined ? t("new") : changesOf([before], [rule]).length > 0 ? t("changed") : null;
  return (
    <li>
      <button type="button" className="rule-line" aria-current={chosen} data-active={flagOf(rule, "active")} onClick={choose}>
        <span className="line"><b className="cut" dir="auto">{nameOf(rule) || t("Without a name")}</b><span className="faint">{String(rule.priority)}</span></span>
        <span className="faint">{shortNames(listOf(rule, "from"))} → {shortNames([String(rule.to)])}</span>
        <span className="line marks">
          {mark && <span className="pill">{mark}</span>}
          {!flagOf(rule, "active") && <span className="pill">{t("inactive")}</span>}
          {errors > 0 && <span className="pill" data-phase="lost">{things(errors, "error")}</span>}
          {warnings > 0 && <span className="pill warn">{things(warnings, "warning")}</span>}
        </span>
      </button>
    </li>
  );
}

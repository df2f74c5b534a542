import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../api/client";
import { keys, useRuleSetVersions } from "../api/queries";
import type { Flag } from "../api/schema";
import { percentOf } from "../format";
import { rich, t } from "../language";
import { flagNames, flagWords } from "../words";
import { Ago } from "./Time";

/** What the operators allow: for admins to switch, for others to see. */
export const Switches = ({ flags, isAdmin }: { flags: readonly Flag[]; isAdmin: boolean }) => (
  <ul className="rows switches">{flags.map((flag) => <Switch key={flag.name} flag={flag} isAdmin={isAdmin} />)}</ul>
);

/** A switch that is on, or off, or a number. */
function stateOf({ name, value }: Flag): { state: string; isOn: boolean; words: string } {
  const isOn = value !== false && value !== null && value !== 0;
  const state = name === "rollout_percentage" ? percentOf(Number(value)) : value === true ? t("on") : isOn ? t("version {version}", { version: String(value) }) : t("off");
  return { state, isOn, words: flagWords[name]?.[isOn ? "on" : "off"] ?? "" };
}

function Switch({ flag, isAdmin }: { flag: Flag; isAdmin: boolean }) {
  const queries = useQueryClient();
  const set = useMutation({
    mutationFn: (value: unknown) => api.setFlag(flag.name, value),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.flags }),
  });
  const { state, isOn, words } = stateOf(flag);
  const label = flagNames[flag.name] ?? flag.name;
  const control = { flag, label, busy: set.isPending, put: (value: unknown) => set.mutate(value) };
  return (
    <li data-flag={flag.name}>
      <div className="line">
        <b title={flag.name}>{label}</b>
        <span className="switch-value"><span className="pill" data-on={isOn}>{state}</span>{isAdmin && <Control {...control} />}</span>
      </div>
      <p className="muted">{words}{flag.changedAt && <> {flag.changedBy ? rich("Changed {ago} by {person}.", { ago: <Ago at={flag.changedAt} />, person: <bdi>{flag.changedBy}</bdi> }) : rich("Changed {ago}.", { ago: <Ago at={flag.changedAt} /> })}</>}</p>
      {set.error && <p className="error" role="alert">{set.error.message}</p>}
    </li>
  );
}

interface ControlProps { flag: Flag; label: string; busy: boolean; put: (value: unknown) => void }

const Control = (props: ControlProps) =>
  props.flag.name === "rollout_percentage" ? <Percentage {...props} />
    : props.flag.name === "shadow_rules" ? <Versions {...props} />
      : <button type="button" role="switch" className="switch" aria-label={props.label} aria-checked={props.flag.value === true} disabled={props.busy} onClick={() => props.put(props.flag.value !== true)} />;

function Percentage({ flag, label, busy, put }: ControlProps) {
  const stored = String(flag.value);
  const [text, setText] = useState(stored);
  useEffect(() => setText(stored), [stored]);
  return (
    <form className="line" onSubmit={(event) => {
      event.preventDefault();
      put(text === "" ? null : Number(text));
    }}>
      <input type="number" min={0} max={100} step={1} required aria-label={label} value={text} onChange={(event) => setText(event.target.value)} />
      {text !== stored && <button type="submit" className="small" disabled={busy}>{t("Set")}</button>}
    </form>
  );
}

function Versions({ flag, label, busy, put }: ControlProps) {
  const versions = useRuleSetVersions().data?.pages.flatMap((page) => page.items.map((set) => set.version)) ?? [];
  const stored = typeof flag.value === "number" ? flag.value : null;
  return (
    <select aria-label={label} disabled={busy} value={stored ?? ""} onChange={(event) => put(event.target.value === "" ? null : Number(event.target.value))}>
      <option value="">{t("off")}</option>
      {stored !== null && !versions.includes(stored) && <option value={stored}>{t("version {version}", { version: String(stored) })}</option>}
      {versions.map((version) => <option key={version} value={version}>{t("version {version}", { version: String(version) })}</option>)}
    </select>
  );
}

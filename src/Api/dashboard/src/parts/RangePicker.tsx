import { useId, useState, type FormEvent } from "react";
import { monthsRange, presetOf, presetRange, presets, troubleOf, type Preset, type Range } from "../analytics/range";
import type { Ranged } from "../analytics/sets";
import { rangeWords } from "../analytics/words";
import { t } from "../language";

interface Choice { name: string; range: Range | null; chosen: boolean }
const presetNames = (): Record<Preset, string> => ({ "7": t("7 days"), "28": t("28 days"), "90": t("90 days"), month: t("This month"), year: t("This year") });

/** The default is no range at all, so that the address stays true tomorrow. */
const dayChoices = (range: Range | null, today: string): Choice[] =>
  presets.map((preset) => ({ name: presetNames()[preset], range: preset === "28" ? null : presetRange(preset, today), chosen: presetOf(range, today) === preset }));

export function monthChoices(range: Range | null, today: string): Choice[] {
  return [6, 12, 24].map((months) => {
    const its = monthsRange(months, today);
    return { name: t("{n} months", { n: months }), range: months === 12 ? null : its, chosen: range === null ? months === 12 : range.from === its.from && range.to === its.to };
  });
}

interface PickerProps { range: Range | null; today: string; change: (to: Range | null) => void; answered: Ranged | undefined; byMonth?: boolean }

/** Which days the page is about, and which it compares them with. */
export function RangePicker({ range, today, change, answered, byMonth = false }: PickerProps) {
  const [own, setOwn] = useState<Range | null>(null);
  const choices = (byMonth ? monthChoices : dayChoices)(range, today);
  const isOwn = choices.every(({ chosen }) => !chosen);
  const shown = answered ?? range ?? presetRange("28", today);
  return (
    <div className="range">
      <div className="segmented" role="group" aria-label={t("Range of days")}>
        {choices.map(({ name, range: to, chosen }) => <button key={name} type="button" aria-pressed={chosen && !own} onClick={() => { setOwn(null); change(to); }}>{name}</button>)}
        <button type="button" aria-pressed={isOwn || own !== null} aria-expanded={own !== null} onClick={() => setOwn(own ? null : { from: shown.from, to: shown.to })}>{t("Own range …")}</button>
      </div>
      {own ? <OwnRange of={own} set={setOwn} today={today} take={(to) => { setOwn(null); change(to); }} />
        : <p className="faint range-words">{rangeWords(shown)}{answered && !byMonth && <span><i> · </i>{t("compared with {range}", { range: rangeWords({ from: answered.previousFrom, to: answered.previousTo }) })}</span>}</p>}
    </div>
  );
}

const troubles = () => ({
  unreadable: t("Both days are needed."), backward: t("The first day comes after the last."), too_long: t("A range has 1,100 days at most."),
});

function OwnRange({ of, set, take, today }: { of: Range; set: (to: Range | null) => void; take: (range: Range) => void; today: string }) {
  const id = useId();
  const trouble = troubleOf(of);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (trouble === null) take(of);
  };
  return (
    <form className="own-range" onSubmit={submit} onKeyDown={(press) => press.key === "Escape" && set(null)}>
      <label>{t("From")}<input type="date" autoFocus max={today} value={of.from} aria-describedby={id} onChange={(event) => set({ ...of, from: event.target.value })} /></label>
      <label>{t("To")}<input type="date" max={today} value={of.to} aria-describedby={id} onChange={(event) => set({ ...of, to: event.target.value })} /></label>
      <button type="submit" className="primary" disabled={trouble !== null}>{t("Show")}</button>
      <span id={id} className="error own-range-trouble" role="status">{trouble && troubles()[trouble]}</span>
    </form>
  );
}

import { useState, type ReactNode } from "react";
import { useDecision } from "../api/queries";
import type { Clause } from "../api/schema";
import { rich, t } from "../language";
import { valueText } from "../metrics";
import { clauseSentence, reasonSentences, symbol } from "../sentences";
import { Trouble, Waiting } from "./States";

interface Moved { customerId: string; rule: string | null; reason: string; decisionId: number | null }

/** Why something happened: a sentence for everybody, and behind a click what it weighed, from the decision record. */
export function Because({ of, label, says, children }: { of: Moved; label?: string | null; says?: string[]; children?: ReactNode }) {
  const [open, setOpen] = useState(false);
  const sentences = says ?? reasonSentences(of.reason);
  const name = label ?? of.rule;
  return (
    <details className="because" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="because-text">{name && <b>{name}</b>}{name && sentences.length > 0 && ": "}<span dir="auto">{sentences.join(t("; "))}</span></span>
      </summary>
      {open && of.decisionId !== null && <Weighed of={of} number={of.decisionId} />}
      {open && children}
    </details>
  );
}

function Weighed({ of, number }: { of: Moved; number: number }) {
  const decision = useDecision(of.customerId, number);
  if (decision.error && !decision.data) return <Trouble error={decision.error} again={() => void decision.refetch()} />;
  if (!decision.data) return <Waiting lines={2} />;
  const rule = decision.data.rules.find((each) => each.name === of.rule);
  return rule ? <Clauses clauses={rule.clauses.filter((clause) => clause.met)} open /> : null;
}

/** Clauses as sentences, each with its figures behind a click, or at once. */
export const Clauses = ({ clauses, open = false }: { clauses: readonly Clause[]; open?: boolean }) => (
  <ul className="clauses">{clauses.map((clause, index) => <ClauseLine key={index} clause={clause} open={open} />)}</ul>
);

const ClauseLine = ({ clause, open }: { clause: Clause; open: boolean }) => (
  <li className="clause" data-met={clause.met} data-metric={clause.metric}>
    <svg className="clause-mark" viewBox="0 0 14 14" role="img" aria-label={t(clause.met ? "met" : "not met")}>
      {clause.met ? <path d="M2.5 7.5 6 11l5.5-7.5" /> : <path d="M3.5 3.5l7 7M10.5 3.5l-7 7" />}
    </svg>
    <details open={open}>
      <summary dir="auto">{clauseSentence(clause)}</summary>
      <Figures clause={clause} />
    </details>
  </li>
);

const share = (part: number) => `${Math.round(part * 100)}%`;

const Figures = ({ clause }: { clause: Clause }) => (
  <p className="figures">
    <code dir="auto">{clause.metric} {valueText(clause.observed)} {symbol(clause.operator)} {thresholdText(clause.threshold)}</code>
    <span title={t("How far the value lies past its bound: 100% is a quarter of the bound, or more.")}>{rich("margin {share}", { share: <b>{share(clause.margin)}</b> })}</span>
    <span title={t("How much was watched to say so: 100% is seven days, or a clause that time proves nothing about.")}>{rich("evidence {share}", { share: <b>{share(clause.evidence)}</b> })}</span>
  </p>
);

const thresholdText = (bound: unknown) => (Array.isArray(bound) ? bound.join(", ") : valueText(bound as Clause["observed"]));

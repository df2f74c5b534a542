import { useRuleSetVersion, useRuleSetVersions } from "../api/queries";
import type { RuleSetRow } from "../api/schema";
import { SetVersions } from "./SetVersions";

export const RuleVersions = ({ active, edit }: { active: RuleSetRow; edit: ((set: RuleSetRow) => void) | null }) => (
  <SetVersions versions={useRuleSetVersions()} active={active} what="rules" useDifference={useRuleSetVersion} edit={edit} />
);

import { api } from "../api/client";
import { useRuleSetVersion, useRuleSetVersions } from "../api/queries";
import type { RuleSetRow } from "../api/schema";
import { t } from "../language";
import { SetVersions } from "./SetVersions";

export const RuleVersions = ({ active, edit }: { active: RuleSetRow; edit: ((set: RuleSetRow) => void) | null }) => (
  <SetVersions versions={useRuleSetVersions()} active={active} what="rules" page={api.ruleSets} counted={t("Rules")} size={(set) => set.rules.length} useDifference={useRuleSetVersion} edit={edit} />
);

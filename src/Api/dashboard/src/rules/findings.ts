import { t, text, translate } from "../language";
import type { Finding } from "./draft";

/** What a check finds, in the same sense every time, by code. */
const sentences: Record<string, string> = {
  missing: text("Something that is needed is missing."),
  empty: text("At least one clause or value is needed."),
  not_a_list: text("This is a list of a limited length."),
  not_an_object: text("This is an object."),
  not_a_flag: text("This is true or false."),
  not_json: text("This is not JSON."),
  unknown_member: text("There is no such member here."),
  bad_text: text("The text has a character that no text has."),
  bad_id: text("An id is a whole number from 1 on."),
  duplicate_id: text("Another rule has the same id."),
  bad_name: text("The name is too long, too short, or has characters that no name has."),
  duplicate_name: text("The name is taken already."),
  reserved_name: text("The product uses this name itself."),
  unknown_tag: text("A tag is one of ST_001 to ST_006."),
  to_in_from: text("A rule cannot lead to a tag it starts from."),
  on_in_from: text("A campaign cannot come from the tag that starts it."),
  bad_priority: text("A priority is a whole number within its limits; the lowest wins."),
  too_large: text("This is larger than it may be."),
  too_deep: text("Conditions are nested too deep."),
  too_many_clauses: text("There are too many clauses."),
  too_many_values: text("There are too many values."),
  incomplete: text("A clause needs an operator and a value."),
  wrong_type: text("The value is of the wrong kind."),
  number_too_large: text("The number is too large."),
  text_too_long: text("A text is too long."),
  nothing_active: text("None of them is active: nothing would happen."),
  too_complex: text("The conditions have too many alternatives to look at all of them: some faults may not be found."),
  no_value_yet: text("There is no churn probability as long as no prediction runs: this clause is unmet until then."),
  falling_delay: text("A message comes no earlier than the one before it: delays count from the move."),
  bad_number: text("Messages are numbered from 1 in their order."),
  promoted_and_variants: text("Where contents are compared, none of them has won yet."),
  no_effect: text("A service campaign is never held out: this percentage has no effect."),
  never_starts: text("Everybody begins in the first tag: nobody comes to it for the first time from another one."),
  marketing_to_colleagues: text("Tasks and alerts are for colleagues: as marketing they wait for the customer’s consent, cap and quiet hours."),
};

/** Those that name something: the server's own words stand beside them. */
const detailed: Record<string, string> = {
  unknown_metric: text("There is no such metric."),
  unknown_operator: text("There is no such operator."),
  unknown_value: text("The metric never has this value."),
  outside_range: text("The metric never has this value."),
  unknown_kind: text("There is no such kind."),
  unknown_channel: text("There is no such channel."),
  out_of_range: text("The number is out of its range."),
  impossible_range: text("This can never be met."),
  always_met: text("This is always met."),
  contradiction: text("Clauses rule each other out."),
  shadowed_in_part: text("For some of its tags the rule never wins against one that comes first."),
  never_wins: text("The rule never wins against one that comes first."),
  cycle: text("Rules lead round in a circle."),
};

/** In English the server's own sentences, in other languages ours where the code has one. */
export function toldFinding({ code, message }: Pick<Finding, "code" | "message">): string {
  const whole = Object.hasOwn(sentences, code);
  const english = whole ? sentences[code]! : Object.hasOwn(detailed, code) ? detailed[code]! : null;
  const told = english === null ? null : translate(english);
  if (told === null || told === english) return message;
  return whole ? told : t("{told} ({detail})", { told, detail: message });
}

export const toldFindings = (list: readonly Finding[]): Finding[] => list.map((each) => ({ ...each, message: toldFinding(each) }));

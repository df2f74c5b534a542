import type { WeekFigures } from "../api/schema";
import type { StatusTag } from "../tags";

export interface WeekSum { opens: number; clicks: number; conversions: number; nps: number | null; npsAnswers: number; tickets: number }

/** Of one tag, or of all of them; the NPS of several is that of all their answers. */
export function sumOfWeek({ tags }: Pick<WeekFigures, "tags">, tag: StatusTag | null): WeekSum {
  const asked = tag === null ? tags : tags.filter((each) => each.tag === tag);
  const sum = (of: "opens" | "clicks" | "conversions" | "npsAnswers" | "tickets") => asked.reduce((all, each) => all + each[of], 0);
  const npsAnswers = sum("npsAnswers");
  const points = asked.reduce((all, each) => all + (each.nps ?? 0) * each.npsAnswers, 0);
  return { opens: sum("opens"), clicks: sum("clicks"), conversions: sum("conversions"), nps: npsAnswers === 0 ? null : Math.round((10 * points) / npsAnswers) / 10, npsAnswers, tickets: sum("tickets") };
}

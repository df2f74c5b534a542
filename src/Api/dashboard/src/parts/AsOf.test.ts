import { describe, expect, it } from "vitest";
import { chosenDay, dayBefore, daysBetween, endOfDay } from "./AsOf";

describe("the past day of a customer", () => {
  it("is a day before today and not before the first", () => {
    const at = (search: string) => chosenDay(search, "2026-03-01", "2026-04-01");
    expect(at("?at=2026-03-01")).toBe("2026-03-01");
    expect(at("?at=2026-03-31")).toBe("2026-03-31");
    for (const search of ["", "?at=", "?at=2026-04-01", "?at=2026-02-28", "?at=yesterday", "?at=2026-3-31", "?at=99999-01-01"]) expect(at(search)).toBeNull();
  });

  it("counts calendar days over the nights on which clocks change", () => {
    for (let back = 0; back < 400; back++) expect(daysBetween(dayBefore("2026-11-26", back), "2026-11-26")).toBe(back);
    expect(dayBefore("2026-03-01", 1)).toBe("2026-02-28");
  });

  it("ends a millisecond before the next day begins", () => {
    const end = new Date(endOfDay("2026-03-29"));
    expect([end.getDate(), new Date(end.getTime() + 1).getDate()]).toEqual([29, 30]);
  });
});

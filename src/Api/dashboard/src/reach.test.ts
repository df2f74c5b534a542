import { describe, expect, test } from "vitest";
import { failedPatienceMs, hear, isUnreachable, patienceMs, type Heard, type Reach } from "./reach";

const start: Reach = { askedSince: null, failedSince: null, answeredAt: 0, pending: 0 };
/** Each step: what was heard, and when. */
const after = (...steps: [Heard, number][]) => steps.reduce((reach, [what, at]) => hear(reach, what, at, at), start);

describe("reach", () => {
  test("nothing asked, nothing missed", () => expect(isUnreachable(start, 1_000_000)).toBe(false));

  test("a question without an answer counts after three seconds, not before", () => {
    const asked = after(["asked", 100]);
    expect(isUnreachable(asked, 100 + patienceMs - 1)).toBe(false);
    expect(isUnreachable(asked, 100 + patienceMs)).toBe(true);
  });

  test("failures count from the first question on, and the time of the last answer stays", () => {
    const failing = after(["asked", 0], ["answered", 10], ["asked", 100], ["failed", 110], ["asked", 2_000], ["failed", 2_010]);
    expect(isUnreachable(failing, 100 + patienceMs)).toBe(true);
    expect(failing.answeredAt).toBe(10);
  });

  test("a server that refuses is named sooner than one that is slow, unless it answers the question after", () => {
    const refused = after(["asked", 0], ["failed", 10], ["asked", 260], ["failed", 270]);
    expect(isUnreachable(refused, 10 + failedPatienceMs - 1)).toBe(false);
    expect(isUnreachable(refused, 10 + failedPatienceMs)).toBe(true);
    expect(isUnreachable(after(["asked", 0], ["failed", 10], ["asked", 260], ["answered", 280]), 1_000_000)).toBe(false);
  });

  test("any answer clears it, and what still waits is waited for from then on", () => {
    const slowOne = after(["asked", 0], ["asked", 2_500], ["answered", 2_600]);
    expect(isUnreachable(slowOne, 3_000)).toBe(false);
    expect(isUnreachable(slowOne, 2_600 + patienceMs)).toBe(true);
    expect(isUnreachable(after(["asked", 0], ["failed", 10], ["asked", 4_000], ["answered", 4_010]), 1_000_000)).toBe(false);
  });

  test("a question that the page itself gave up leaves the doubt to the next answer", () => {
    expect(hear(after(["asked", 0], ["dropped", 10], ["asked", 20]), "answered", 30, 30).askedSince).toBeNull();
  });
});

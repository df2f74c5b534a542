import { expect, test } from "vitest";
import { byTag, campaignChanges, delayOf, minutesOf, moreVariants, newCampaign, toDraft, variantsOf, withSteps, withVariants, type DraftCampaign } from "./draft";

const mail: DraftCampaign = { name: "check_in", on: "ST_004", kind: "marketing", steps: [{ number: 1, afterMinutes: 120, channel: "email" }] };

test("what the page counts is no part of what is edited", () => {
  expect(toDraft({ ...mail, counts: { sent: 3 } } as never)).toEqual(mail);
});

test("a field that is left out is the same as its default", () => {
  expect(campaignChanges([mail], [{ ...mail, active: true, audience: null, variants: [] }])).toEqual([]);
});

test("a change names its field, before and after; a new name is another campaign", () => {
  expect(campaignChanges([mail], [{ ...mail, holdoutPercent: 20 }])).toEqual([{ kind: "changed", name: "check_in", fields: [{ field: "holdoutPercent", before: 0, after: 20 }] }]);
  expect(campaignChanges([mail], [{ ...mail, name: "hello" }]).map(({ kind, name }) => [kind, name])).toEqual([["added", "hello"], ["removed", "check_in"]]);
});

test("steps are numbered by their place", () => {
  const steps = [{ afterMinutes: 0, channel: "email" }, { afterMinutes: 60, channel: "push" }];
  expect(withSteps(mail, steps).steps).toEqual([{ number: 1, ...steps[0] }, { number: 2, ...steps[1] }]);
});

test.each([0, 1, 90, 1440, 3 * 1440 + 125])("%i minutes come back from days, hours and minutes", (minutes) => expect(minutesOf(delayOf(minutes))).toBe(minutes));

test("a comparison begins with two contents, has five at most and ends with one", () => {
  const two = moreVariants([]);
  expect(two.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(moreVariants([...two, { name: "d", weight: 3 }]).map(({ name }) => name)).toEqual(["a", "b", "d", "c"]);
  const five = ["1", "2", "3", "4", "5"].map((name) => ({ name, weight: 1 }));
  expect(moreVariants(five)).toEqual(five);
  expect(variantsOf(withVariants(mail, [two[0]!]))).toEqual([]);
});

test("whoever compares again has no winner", () => {
  const won: DraftCampaign = { ...mail, variants: [], promoted: "b" };
  expect(withVariants(won, moreVariants([])).promoted).toBeNull();
  expect(withVariants(won, []).promoted).toBe("b");
});

test("a new campaign has a name of its own and starts switched off", () => {
  const made = newCampaign([{ name: "new_campaign" }]);
  expect([made.name, made.active]).toEqual(["new_campaign_2", false]);
});

test("campaigns stand under the tag that starts them, also one that is not known", () => {
  expect(byTag([mail, { name: "x", on: "ST_001" }, { name: "y", on: 7 }])).toEqual([{ tag: "ST_001", places: [1] }, { tag: "ST_004", places: [0] }, { tag: null, places: [2] }]);
});

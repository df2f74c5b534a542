import { expect, test } from "vitest";
import type { JourneyItem } from "../api/journeys";
import { emptyForm, fateOf, requestOf, reviewWords, titleOf, traitsOf } from "./journey";

const item = (some: Partial<JourneyItem>) => ({ campaign: "personal_check_in", step: 1, channel: "email", variant: null, outcome: "sent", reason: null, heldUntil: null, ...some }) as JourneyItem;

test("nothing is asked while nobody is chosen", () => expect(requestOf(emptyForm("UTC"))).toBeNull());

test("a known customer is asked for by id, from now on as they stand", () =>
  expect(requestOf({ ...emptyForm("UTC"), customerId: "ada" })).toEqual({ customerId: "ada", days: 120 }));

test("a start and a tag are asked for where they are given", () => {
  const asked = requestOf({ ...emptyForm("UTC"), customerId: "ada", at: "2027-03-18T09:00", tag: "ST_004", locale: "ja" });
  expect(asked).toEqual({ customerId: "ada", days: 120, at: new Date("2027-03-18T09:00").toISOString(), tag: "ST_004", locale: "ja" });
});

test("an invented customer has traits line by line, and no address where none is written", () => {
  const form = emptyForm("Asia/Tokyo");
  const asked = requestOf({ ...form, who: "invented", invented: { ...form.invented, email: " ", traits: "trial=yes\nseats=4\nvip" } });
  expect(asked?.customer).toMatchObject({ email: null, timezone: "Asia/Tokyo", traits: { trial: "yes", seats: 4, vip: true } });
});

test("a trait may hold another sign", () => expect(traitsOf("note=a=b\n\n")).toEqual({ note: "a=b" }));

test.each([
  [{}, { word: "sent", why: null, tone: "sent" }],
  [{ outcome: "held", reason: "quiet_hours" }, { word: "held", why: "quiet hours where the customer is", tone: "held" }],
  [{ outcome: "suppressed", reason: "opted_out" }, { word: "not sent", why: "opted out of this channel", tone: "not" }],
  [{ outcome: "cancelled", reason: "status_changed" }, { word: "cancelled", why: "the tag has changed since", tone: "not" }],
  [{ outcome: null }, { word: "not sent", why: "campaigns are switched off", tone: "not" }],
])("a message with %j is told as %j", (some, fate) => expect(fateOf(item(some as Partial<JourneyItem>))).toEqual(fate));

test("a message is called by its campaign, its channel and its place in the sequence", () =>
  expect(titleOf(item({ step: 2, variant: "b" }))).toEqual({ name: "Personal check in", more: "Email, message 2, variant b" }));

test("why a person is asked is told in words", () =>
  expect(reviewWords("high_value_at_risk, approval_required, new_reason")).toBe("A high-value customer is at stake; The rule asks for approval; new_reason"));

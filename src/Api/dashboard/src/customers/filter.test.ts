import { expect, test } from "vitest";
import { asked, customersPath, filterOf, narrowing, sortedBy } from "./filter";

test("the address keeps every filter, and what it cannot mean is left out", () => {
  const search = "?tag=ST_002&tier=Pro&risk=high&behavior=BT_003&owner=Sue&q=a%26b&minLtv=10.5&minChurn=0.25&maxChurn=1&activeTo=2026-02-28&sort=ltv&order=desc";
  expect(customersPath(filterOf(search))).toBe(`/customers${search}`);
  expect(filterOf("?tag=toString&tier=Gold&risk=worst&minLtv=1e9&minChurn=25&maxChurn=1.5&enrolledFrom=2026-02-30x&sort=email&q=&x=1")).toEqual({});
  expect(customersPath({})).toBe("/customers");
  expect(customersPath({ tag: "ST_001" }, ["customer", "tag"])).toBe("/customers?tag=ST_001&columns=customer%2Ctag");
});

test("a saved view is read as an address is", () => {
  expect(filterOf("tag=ST_004&nonsense=x")).toEqual({ tag: "ST_004" });
  expect(asked({ tag: "ST_004", q: undefined })).toEqual({ tag: "ST_004" });
});

test("the order narrows nothing", () => expect([narrowing({ sort: "ltv", order: "desc" }), narrowing({ q: "a", tier: "Pro" })]).toEqual([0, 2]));

test("a column sorts as it is first wanted, then the other way, then not at all", () => {
  const first = sortedBy({ tag: "ST_001" }, "ltv", "desc");
  expect(first).toEqual({ tag: "ST_001", sort: "ltv", order: "desc" });
  const second = sortedBy(first, "ltv", "desc");
  expect(second.order).toBe("asc");
  expect(asked(sortedBy(second, "ltv", "desc"))).toEqual({ tag: "ST_001" });
  expect(sortedBy(second, "name", "asc")).toMatchObject({ sort: "name", order: "asc" });
});

import { describe, expect, test } from "vitest";
import { filterOf } from "./pages/events";
import { actionsPath, journeyPath, routeOf } from "./router";
import { linkOf } from "./signInLink";
import { keyPlaceholder, snippets } from "./snippets";

test.each([
  ["/", { page: "overview" }], ["/index.html", { page: "overview" }], ["/events", { page: "events" }], ["/events/", { page: "events" }],
  ["/customers/a%2Fb", { page: "customer", id: "a/b" }], ["/customers/%", { page: "none" }], ["/toString", { page: "none" }], ["/events/x", { page: "none" }],
  ["/journeys", { page: "journeys" }], ["/actions/", { page: "actions" }], ["/journeys/x", { page: "none" }],
])("%s leads to its page", (path, route) => expect(routeOf(path)).toEqual(route));

test("the addresses of actions and journeys say what they show, and nothing of what is not asked", () => {
  expect(actionsPath({})).toBe("/actions");
  expect(actionsPath({ status: undefined, campaign: "a&b", customer: "" })).toBe("/actions?campaign=a%26b");
  expect(journeyPath("a/b")).toBe("/journeys?customer=a%2Fb");
});

test("the sign-in link is read out of the fragment, and only there", () => {
  expect(linkOf("#link=lnk_1")).toBe("lnk_1");
  expect(linkOf("#main")).toBeNull();
  expect(linkOf("#link=")).toBeNull();
  expect(linkOf("")).toBeNull();
});

test("an address that asks for what is not there asks for all names", () => {
  expect(filterOf("?show=unknown&q=les")).toEqual({ show: "unknown", q: "les" });
  expect(filterOf("?show=toString")).toEqual({ show: undefined, q: undefined });
});

describe("snippets", () => {
  test("send to this host with the key that was given", () => {
    for (const { text } of snippets("https://lstep.example", "lsw_1")) {
      expect(text).toContain("https://lstep.example");
      expect(text).toContain("lsw_1");
    }
  });

  test("a key with quotes stays inside its text", () => {
    const [browser, , curl] = snippets("http://h", `a"b'c`);
    expect(browser!.text).toContain(String.raw`writeKey: "a\"b'c"`);
    expect(curl!.text).toContain(String.raw`-u 'a"b'\''c:'`);
  });

  test("without a key they say where it belongs", () => expect(snippets("http://h", keyPlaceholder).every(({ text }) => text.includes(keyPlaceholder))).toBe(true));
});

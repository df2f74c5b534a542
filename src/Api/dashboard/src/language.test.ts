import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterEach, describe, expect, test } from "vitest";
import { number, relative, span, things, thingsText } from "./format";
import { languageOf, speak, t, translate, translated } from "./language";
import ja from "./languages/ja";
import { clauseSentence } from "./sentences";
import { tagFacts } from "./tags";

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$|^languages\//.test(file));

/** Every text of the code that is shown translated: what t, rich and text are called with, and the texts of translated tables. */
function textsOf(file: string): string[] {
  const found: string[] = [];
  const literals = (node: ts.Node): string[] =>
    ts.isStringLiteralLike(node) ? [node.text]
      : ts.isConditionalExpression(node) ? [...literals(node.whenTrue), ...literals(node.whenFalse)]
      : [];
  const deep = (node: ts.Node): string[] => {
    const inside: string[] = [];
    ts.forEachChild(node, (child) => void inside.push(...(ts.isPropertyAssignment(node) && child === node.name ? [] : deep(child))));
    return ts.isStringLiteralLike(node) ? [node.text] : inside;
  };
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const [first, second] = node.arguments;
      switch (node.expression.text) {
        case "t": case "rich": case "text": if (first) found.push(...literals(first)); break;
        case "translated": if (first) found.push(...deep(tableOf(first)).filter((each) => /\p{L}/u.test(each))); break;
        case "things": if (second) found.push(...literals(second).map(thingsText)); break;
      }
    }
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, readFileSync(join("src", file), "utf8"), ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  /** A table by its name, where it stands in the same file. */
  const tableOf = (node: ts.Node): ts.Node => {
    if (!ts.isIdentifier(node)) return node;
    const declared = source.statements.filter(ts.isVariableStatement).flatMap((each) => each.declarationList.declarations).find(({ name }) => name.getText() === node.text);
    return declared?.initializer ?? node;
  };
  visit(source);
  return found;
}

const used = new Set(sources.flatMap(textsOf));
const placesOf = (sentence: string) => [...new Set([...sentence.matchAll(/\{(\w+)[^{}]*\}/g)].map(([, name]) => name))].sort();

afterEach(() => speak("en", {}));

describe("the Japanese dictionary", () => {
  test("has every text that the code shows", () => expect([...used].filter((each) => !Object.hasOwn(ja, each))).toEqual([]));
  test("says each text once", () => {
    const keys = readdirSync("src/languages/ja").flatMap((file) =>
      [...readFileSync(join("src/languages/ja", file), "utf8").matchAll(/"((?:[^"\\]|\\.)+)":\s*"/g)].map(([, key]) => key));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    expect(keys.length).toBe(Object.keys(ja).length);
  });
  test("has nothing that no code shows", () => expect(Object.keys(ja).filter((each) => !used.has(each))).toEqual([]));
  test("fills the places of the English text, and no others", () => {
    for (const [english, japanese] of Object.entries(ja)) {
      const places = placesOf(english);
      expect(placesOf(japanese).every((place) => places.includes(place)), english).toBe(true);
      // What only chooses a plural in English has no place in Japanese; a value may not be lost.
      for (const [, value] of english.matchAll(/\{(\w+)\}/g)) expect(japanese, english).toContain(`{${value}}`);
    }
  });
  test("is written in Japanese", () => {
    const letters = Object.entries(ja).filter(([, japanese]) => /[a-z]{4,}/.test(japanese.replace(/\{\w+\}/g, "")) && !/[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u.test(japanese));
    expect(letters).toEqual([]);
  });
});

describe("t", () => {
  test("puts values at their places and chooses the plural form", () => {
    expect(t("{n} {n|customer|customers}", { n: 1 })).toBe("1 customer");
    expect(t("{n} {n|customer|customers}", { n: 1_234.5 })).toBe(`${number(1_234.5)} customers`);
    expect(t("{a} after {b}", { a: "{b}", b: "{a}" })).toBe("{b} after {a}");
  });

  test("shows English where a dictionary has nothing", () => {
    speak("ja", { yes: "はい" });
    expect(translate("yes")).toBe("はい");
    expect(translate("no")).toBe("no");
    expect(translate("toString")).toBe("toString");
  });

  test("a table follows the language", () => {
    const table = translated({ a: { b: "yes" }, c: 1 });
    speak("ja", { yes: "はい" });
    expect([table.a.b, table.c, Object.keys(table)]).toEqual(["はい", 1, ["a", "c"]]);
  });

  test.each([["browser", ["fr-FR", "ja-JP", "en"], "ja"], ["browser", ["en-GB", "ja"], "en"], ["browser", ["de"], "en"], ["browser", [], "en"], ["ja", ["en"], "ja"]] as const)(
    "%s with the languages %s of the browser is %s", (choice, browser, language) => expect(languageOf(choice, browser)).toBe(language));
});

describe("in Japanese", () => {
  test("tags, counts, spans and sentences are told as people say them", () => {
    speak("ja", ja);
    expect(tagFacts.ST_004.short).toBe("低下傾向");
    expect(things(3, "customer")).toBe("3名");
    expect(relative(0, 90_000)).toBe("1分前");
    expect(span(3 * 86_400_000 + 4 * 3_600_000)).toBe("3日4時間");
    const say = (metric: string, observed: number, operator: string, threshold: unknown) => clauseSentence({ metric, observed, operator, threshold, met: true } as never);
    expect(say("days_since_activity", 30, ">=", 30)).toBe("30日間アクティビティなし（しきい値: 30日）");
    expect(say("modules_completed", 2, ">=", 2)).toBe("完了モジュール2件（条件: 2以上）");
    expect(say("lessons_completed_30d", 0, "<=", 0)).toBe("過去30日間の完了レッスンなし（条件: 0以下）");
    expect(say("engagement_score", 12.3, "<", 40)).toBe("エンゲージメント（7日間平均）は100点中12.3点（しきい値: 40）");
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const told = new Set(["aria-label", "aria-valuetext", "title", "placeholder", "label", "alt", "why"]);
/** What is written by itself in no language: commands, fields, keys. */
const asItIs = new Set(["code", "kbd", "pre"]);
/** Names that are the same in every language. */
const names = new Set(["L-Step", "English", "AUC", "lsw_…"]);
const isEnglish = (text: string) => /[A-Za-z]{2,}/.test(text) && !names.has(text.trim());

function untranslated(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join("src", file), "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const literals = (node: ts.Node): string[] =>
    ts.isStringLiteralLike(node) ? [node.text]
      : ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
      : ts.isConditionalExpression(node) ? [...literals(node.whenTrue), ...literals(node.whenFalse)]
      : ts.isBinaryExpression(node) ? literals(node.right)
      : ts.isJsxExpression(node) && node.expression ? literals(node.expression)
      : [];
  const visit = (node: ts.Node) => {
    if (ts.isJsxElement(node) && asItIs.has(node.openingElement.tagName.getText())) return;
    if (ts.isJsxText(node)) found.push(node.text);
    if (ts.isJsxAttribute(node) && told.has(node.name.getText()) && node.initializer) found.push(...literals(node.initializer));
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) found.push(...literals(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter(isEnglish).map((text) => `${file}: ${text.trim()}`);
}

test("what a page shows goes through the dictionary", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  expect(files.flatMap(untranslated)).toEqual([]);
}, 60_000);

import { afterEach, expect, test } from "vitest";
import { speak } from "../language";
import ja from "../languages/ja";
import { problemText } from "./problems";

afterEach(() => speak("en", {}));

test("in English the server's own sentence stays, which says more", () => {
  expect(problemText("review_closed", "Dana has approved it at 2026-01-31 09:00:00Z.")).toBe("Dana has approved it at 2026-01-31 09:00:00Z.");
});

test("in Japanese a code that is known is told in Japanese, another one as the server says it", () => {
  speak("ja", ja);
  expect(problemText("review_closed", "Dana has approved it.")).toBe("このレビューはすでに終了しています。");
  expect(problemText("bad_template", "There is no {name}.")).toBe("There is no {name}.");
  expect(problemText("toString", "No.")).toBe("No.");
});

import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ShownText } from "./shown-text.tsx";

const markup = (text: string): string =>
  renderToStaticMarkup(createElement(ShownText, null, text)).replaceAll(/ class="[^"]*"/g, "");

test("a name is set apart, and an override in it is a sign that does nothing", () => {
  expect(markup("Anna\u202egpj")).toBe(
    '<bdi>Anna<span role="img" aria-label="hidden character: right-to-left override" title="right-to-left override">RLO</span>gpj</bdi>',
  );
});

test("a joiner that the script needs stays in its word, marked", () => {
  expect(markup("علی\u200cرضا")).toBe(
    '<bdi>علی<span title="zero-width non-joiner">\u200c</span>رضا</bdi>',
  );
});

test("nothing of a name is markup", () => {
  expect(markup("<b onclick='x'>&amp;")).toBe(
    "<bdi>&lt;b onclick=&#x27;x&#x27;&gt;&amp;amp;</bdi>",
  );
});

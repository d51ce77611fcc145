import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Watermark } from "./watermark.tsx";

it.each(["Ngô Thị Hương", "فاطمة", "<script>&amp;]]>", 'A"B\u0027C', "one\u0001two\uFFFE\uD800"])(
  "is an image that can be drawn, whatever the name is: %j",
  (who) => {
    const { container } = render(<Watermark who={who} over="stage" />);
    const mark = container.querySelector<HTMLElement>("[data-over=stage]");
    const [, svg = ""] = mark?.style.backgroundImage.slice(5, -2).split(",") ?? [];
    const drawn = new DOMParser().parseFromString(decodeURIComponent(svg), "image/svg+xml");
    expect(drawn.querySelector("parsererror")).toBeNull();
    const shown = who.replaceAll(/[\u0001\uFFFE\uD800]/g, "\uFFFD");
    expect(drawn.querySelector("text")?.textContent.split(" · ")[0]).toBe(shown);
  },
);

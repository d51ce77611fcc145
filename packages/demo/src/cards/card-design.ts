import type { Random } from "../people/random.ts";
import { cardLines, passportLines, type MachineReadable } from "./machine-readable.ts";
import { machineLine, textOutline } from "./text.ts";

export type CardLayout = "passport" | "national_id" | "driving_licence";

/** What is printed on a card. */
export interface CardText extends MachineReadable {
  /** Two titles: in the holder's language, and in English. */
  readonly title: readonly [string, string];
  /** The name as its owner writes it. */
  readonly nativeName: string;
  readonly nationality: string;
  readonly address: string;
  readonly issuedOn: string;
}

export interface CardDesign {
  readonly width: number;
  readonly height: number;
  /** Paper, lines and titles: the same for all cards of one authority. */
  readonly paper: string;
  /** What is printed for the holder, on a clear ground. */
  readonly print: string;
  /** Where the portrait goes, in pixels of the card. */
  readonly portrait: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

interface Theme {
  readonly paper: string;
  readonly tint: string;
  readonly ink: string;
}

const themes: readonly [Theme, ...Theme[]] = [
  { paper: "#eef3f0", tint: "#7fae9e", ink: "#14453a" },
  { paper: "#f1eef6", tint: "#9a8fc2", ink: "#2e2760" },
  { paper: "#f6f1e8", tint: "#c9a46c", ink: "#5a3b12" },
  { paper: "#eaf1f7", tint: "#7aa5cc", ink: "#123a63" },
  { paper: "#f7ecee", tint: "#cf8b97", ink: "#6a1c2c" },
];

/** Interlaced curves, as security print has them. */
function guilloche(width: number, height: number, colour: string, random: Random): string {
  const lines: string[] = [];
  const waves = random.range(1.6, 3.4);
  const phase = random.range(0, 6);
  for (let i = 0; i < 26; i += 1) {
    const base = (height * (i + 0.5)) / 26;
    let path = "";
    for (let x = 0; x <= width; x += 12) {
      const t = x / width;
      const y =
        base +
        Math.sin(t * Math.PI * 2 * waves + phase + i * 0.34) * 34 +
        Math.sin(t * Math.PI * 2 * waves * 2.3 - i * 0.5) * 12;
      path += `${x === 0 ? "M" : "L"}${x} ${y.toFixed(1)}`;
    }
    lines.push(`<path d="${path}"/>`);
  }
  const [cx, cy] = [width * random.range(0.62, 0.8), height * random.range(0.4, 0.6)];
  for (let i = 0; i < 36; i += 1) {
    lines.push(
      `<ellipse cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" rx="${(height * 0.34).toFixed(1)}" ry="${(height * 0.12).toFixed(1)}" transform="rotate(${i * 5} ${cx.toFixed(1)} ${cy.toFixed(1)})"/>`,
    );
  }
  return `<g fill="none" stroke="${colour}" stroke-width="0.9" opacity="0.42">${lines.join("")}</g>`;
}

/** The band of colours that a hologram shows at a slant. */
function hologram(x: number, y: number, radius: number): string {
  const petals = Array.from(
    { length: 8 },
    (_, i) =>
      `<ellipse cx="${x}" cy="${y - radius * 0.5}" rx="${radius * 0.2}" ry="${radius * 0.5}" transform="rotate(${i * 45} ${x} ${y})"/>`,
  );
  return `<g opacity="0.4"><circle cx="${x}" cy="${y}" r="${radius}" fill="url(#shimmer)"/><g fill="none" stroke="#ffffff" stroke-width="1.5">${petals.join("")}</g></g>`;
}

/**
 * Draws a card without its portrait. Every card says SPECIMEN, large and across. `random` chooses
 * paper and lines: the same for every card that one authority makes.
 */
export function designCard(layout: CardLayout, text: CardText, random: Random): CardDesign {
  const theme = random.pick(themes);
  const width = 1000;
  const height = layout === "passport" ? 710 : 640;
  const portrait =
    layout === "driving_licence"
      ? { left: 690, top: 150, width: 264, height: 336 }
      : { left: 44, top: 132, width: 264, height: 336 };
  const column = layout === "driving_licence" ? 48 : 340;
  const room = layout === "driving_licence" ? 610 : 600;
  const parts: string[] = [];
  const titles: string[] = [];
  const field = (label: string, value: string, y: number, size = 26): void => {
    parts.push(textOutline(label, { x: column, y, size: 15, fill: theme.tint }));
    const arabic = /\p{Script=Arabic}/u.test(value);
    parts.push(
      textOutline(value, {
        x: arabic ? column + room : column,
        y: y + size + 6,
        size,
        fill: "#22252a",
        weight: 600,
        anchor: arabic ? "end" : "start",
        maxWidth: room,
      }),
    );
  };
  titles.push(
    textOutline(text.title[0], {
      x: 46,
      y: 62,
      size: 34,
      fill: theme.ink,
      weight: 600,
      maxWidth: 560,
    }),
  );
  titles.push(
    textOutline(text.title[1], { x: 46, y: 96, size: 22, fill: theme.ink, maxWidth: 560 }),
  );
  titles.push(
    textOutline("SPECIMEN", {
      x: 954,
      y: 74,
      size: 44,
      fill: "#b3261e",
      weight: 600,
      anchor: "end",
    }),
  );
  let y = 148;
  if (layout !== "national_id" || text.nativeName !== `${text.surname} ${text.givenNames}`) {
    field("Name", text.nativeName, y, 30);
    y += 70;
  }
  field(
    "Surname / Given names",
    `${text.surname.toUpperCase()}, ${text.givenNames.toUpperCase()}`,
    y,
    24,
  );
  y += 66;
  field("Date of birth", text.dateOfBirth, y, 24);
  y += 62;
  field("Document no.", text.documentNumber, y, 24);
  y += 62;
  if (layout === "passport")
    field("Nationality · Date of expiry", `${text.nationality} · ${text.expiresOn}`, y, 22);
  else field("Address", text.address, y, 20);
  if (layout === "passport")
    passportLines(text).forEach((line, i) =>
      parts.push(machineLine(line, { x: 36, y: 622 + i * 48, cell: 21, size: 31 })),
    );
  else if (layout === "national_id")
    cardLines(text).forEach((line, i) =>
      parts.push(machineLine(line, { x: 60, y: 528 + i * 42, cell: 29, size: 33 })),
    );
  else {
    parts.push(
      machineLine(
        `D1UTO<${cardLines(text)[0]?.slice(5, 14) ?? ""}<${text.dateOfBirth.replaceAll("-", "")}<0`,
        { x: 46, y: 590, cell: 26, size: 31 },
      ),
    );
    parts.push(
      textOutline(`Issued ${text.issuedOn} · Valid to ${text.expiresOn} · Class B`, {
        x: 48,
        y: 524,
        size: 20,
        fill: "#22252a",
      }),
    );
  }
  const across = textOutline("SPECIMEN · SPECIMEN · SPECIMEN", {
    x: -60,
    y: 0,
    size: 70,
    fill: "#b3261e",
    weight: 600,
    opacity: 0.1,
  });
  const paper = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs><linearGradient id="paper" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${theme.paper}"/><stop offset="0.55" stop-color="#ffffff"/><stop offset="1" stop-color="${theme.tint}" stop-opacity="0.55"/></linearGradient>
<linearGradient id="shimmer" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#7ee0d0"/><stop offset="0.35" stop-color="#e7d36a"/><stop offset="0.65" stop-color="#e487c6"/><stop offset="1" stop-color="#7aa8f0"/></linearGradient></defs>
<rect width="${width}" height="${height}" fill="#ffffff"/><rect width="${width}" height="${height}" fill="url(#paper)"/>
${guilloche(width, height, theme.tint, random)}
<rect x="0" y="108" width="${width}" height="3" fill="${theme.ink}" opacity="0.6"/>
${layout === "driving_licence" ? "" : `<rect x="0" y="${height - (layout === "passport" ? 130 : 150)}" width="${width}" height="${layout === "passport" ? 130 : 150}" fill="#ffffff" opacity="0.55"/>`}
<rect x="${portrait.left - 5}" y="${portrait.top - 5}" width="${portrait.width + 10}" height="${portrait.height + 10}" fill="#ffffff" opacity="0.8"/>
${titles.join("\n")}
<g transform="translate(20 ${height - 40}) rotate(-26)">${across}</g>
${hologram(layout === "driving_licence" ? 600 : 880, 430, 62)}
</svg>`;
  const print = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join("\n")}</svg>`;
  return { width, height, paper, print, portrait };
}

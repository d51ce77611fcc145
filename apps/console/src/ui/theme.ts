import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  localStorageColorSchemeManager,
} from "@mantine/core";

/** A greyed green: the one colour that is not taken from the evidence, and never a warning. */
const SAGE = [
  "#eef7f4",
  "#dcebe6",
  "#b7d6cd",
  "#93c6b9",
  "#7bbcae",
  "#4f9a8b",
  "#35786b",
  "#246056",
  "#1a4d44",
  "#123832",
] as const;

/** Neutral greys, so that no tint of the screen is taken for one of the skin. */
const GRAPHITE = [
  "#e8e7e4",
  "#b4b8bc",
  "#9ba1a7",
  "#7d848b",
  "#3a4047",
  "#2a2f35",
  "#1d2125",
  "#15181b",
  "#101315",
  "#0a0c0d",
] as const;

export const theme = createTheme({
  primaryColor: "sage",
  primaryShade: { light: 7, dark: 4 },
  // The default takes white on the dark scheme's light green, which nobody can read.
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input);
    if (input.variant !== "filled") return colors;
    return {
      ...colors,
      background: "var(--sl-accent)",
      hover: "var(--sl-accent-strong)",
      color: "var(--sl-on-accent)",
    };
  },
  colors: { sage: SAGE, dark: GRAPHITE },
  fontFamily: 'Inter, "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
});

const OURS = {
  "--mantine-color-body": "var(--sl-bg)",
  "--mantine-color-text": "var(--sl-text)",
  "--mantine-color-dimmed": "var(--sl-dim)",
  "--mantine-color-placeholder": "var(--sl-faint)",
  "--mantine-color-default": "var(--sl-raised)",
  "--mantine-color-default-color": "var(--sl-text)",
  "--mantine-color-default-border": "var(--sl-line)",
} as const;

/** Mantine's surfaces and texts take the colours of `tokens.css`, so that both change in one place. */
export const ourVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: OURS,
  dark: OURS,
});

/** Only the choice of light or dark is kept in the browser; nothing of a case ever is. */
export const colorScheme = localStorageColorSchemeManager({ key: "secondlook-theme" });

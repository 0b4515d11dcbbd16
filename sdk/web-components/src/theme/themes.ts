/** The looks to choose from. Colours are few: the rest follows from them. */

export type ThemeName = keyof typeof THEMES;

export interface Scheme {
  readonly background: string;
  readonly text: string;
  readonly accent: string;
}

export interface Theme {
  readonly light: Scheme;
  readonly dark: Scheme;
  /** CSS lengths and families, by the custom property that they set. */
  readonly shape: Readonly<Record<ShapeName, string>>;
}

export type ShapeName =
  | "radius"
  | "control-radius"
  | "border"
  | "shadow"
  | "font"
  | "heading-font"
  | "heading-weight"
  | "heading-case";

const SYSTEM = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

const DEFAULT = {
  light: { background: "#ffffff", text: "#17181c", accent: "#4338ca" },
  dark: { background: "#17181d", text: "#f3f4f6", accent: "#a5a8ff" },
  shape: {
    radius: "1.25rem",
    "control-radius": ".75rem",
    border: "1px",
    shadow: "0 1px 2px #0000000f, 0 1rem 2.5rem #00000014",
    font: SYSTEM,
    "heading-font": "inherit",
    "heading-weight": "700",
    "heading-case": "none",
  },
} as const satisfies Theme;

export const THEMES = {
  default: DEFAULT,
  retro: {
    light: { background: "#fbf1dc", text: "#2b1d12", accent: "#b83a0c" },
    dark: { background: "#211810", text: "#f7e8cc", accent: "#f5a524" },
    shape: {
      radius: "0",
      "control-radius": "0",
      border: "2px",
      shadow: ".4rem .4rem 0 var(--text)",
      font: "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
      "heading-font": "inherit",
      "heading-weight": "700",
      "heading-case": "uppercase",
    },
  },
  rounded: {
    light: { background: "#fff8fb", text: "#331a2b", accent: "#c81e6b" },
    dark: { background: "#241520", text: "#fdeaf4", accent: "#ff8fc0" },
    shape: {
      ...DEFAULT.shape,
      radius: "2.25rem",
      "control-radius": "2rem",
      shadow: "0 1rem 3rem #c81e6b1f",
      font: `ui-rounded, 'SF Pro Rounded', Nunito, Quicksand, ${SYSTEM}`,
      "heading-weight": "800",
    },
  },
  clean: {
    light: { background: "#ffffff", text: "#111111", accent: "#111111" },
    dark: { background: "#0d0d0d", text: "#f5f5f5", accent: "#f5f5f5" },
    shape: {
      ...DEFAULT.shape,
      radius: "0",
      "control-radius": "0",
      shadow: "none",
      font: `'Helvetica Neue', Helvetica, Arial, ${SYSTEM}`,
      "heading-weight": "400",
    },
  },
} as const satisfies Record<string, Theme>;

/** A theme by its name; `default` for a name that we do not know. */
export function themeNamed(name: string | null | undefined): Theme {
  return name && Object.hasOwn(THEMES, name) ? THEMES[name as ThemeName] : DEFAULT;
}

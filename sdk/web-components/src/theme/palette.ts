/** All colours of the widget, from a theme and the merchant's own, each readable where it stands. */
import { contrast, keepContrast, mix, parseColor, type Rgb, readableOn, toHex } from "./color.js";
import { type Scheme, type ShapeName, type Theme, themeNamed } from "./themes.js";

/** `experience.theme`: all optional; what is not a colour or a length is passed over. */
export interface OwnTheme extends Partial<Scheme> {
  /** Pixels, 0 to 48. */
  readonly radius?: number;
  /** Families as CSS takes them. */
  readonly font?: string;
  /** Instead of the above where a visitor prefers dark. */
  readonly dark?: Partial<Scheme>;
}

export type Palette = Readonly<
  Record<
    | "background"
    | "surface"
    | "text"
    | "muted"
    | "line"
    | "field"
    | "accent"
    | "on-accent"
    | "link"
    | "danger"
    | "success",
    string
  >
>;

const READABLE = 4.5;
const VISIBLE = 3;
const DANGER: Rgb = [200, 30, 45];
const SUCCESS: Rgb = [20, 125, 70];

/** Text and links at 4.5:1 and the edges of fields at 3:1, whatever colours are given. */
export function paletteOf(scheme: Scheme, own: Partial<Scheme> = {}): Palette {
  const background = color(own.background, scheme.background);
  const text = keepContrast(color(own.text, scheme.text), [background], READABLE);
  const tint = mix(background, text, 0.05);
  const surface = contrast(text, tint) >= READABLE ? tint : background;
  const accent = color(own.accent, scheme.accent);
  const ink = (wanted: Rgb, least = READABLE) => keepContrast(wanted, [background, surface], least);
  const colors: Record<keyof Palette, Rgb> = {
    background,
    surface,
    text,
    muted: ink(mix(text, background, 0.35)),
    line: mix(background, text, 0.14),
    field: ink(mix(text, background, 0.5), VISIBLE),
    accent,
    "on-accent": readableOn(accent),
    link: ink(accent),
    danger: ink(DANGER),
    success: ink(SUCCESS),
  };
  return Object.fromEntries(
    Object.entries(colors).map(([name, rgb]) => [name, toHex(rgb)]),
  ) as Palette;
}

/** The rule that sets the widget's custom properties; a page's `--fanfare-…` come before them. */
export function themeRule(name: string | null, own: unknown, dark: boolean): string {
  const theme: Theme = themeNamed(name);
  const given = isObject(own) ? (own as OwnTheme) : {};
  const colors = paletteOf(dark ? theme.dark : theme.light, {
    ...given,
    ...(dark && isObject(given.dark) ? given.dark : {}),
  });
  const all = Object.entries({ ...colors, ...theme.shape, ...shapeOf(given) });
  const lines = all.map(([key, value]) => `--${key}:var(--fanfare-${key},${value})`);
  return `.root{${lines.join(";")};color-scheme:${dark ? "dark" : "light"}}`;
}

function shapeOf(own: OwnTheme): Partial<Record<ShapeName, string>> {
  const { radius, font } = own;
  const round = typeof radius === "number" && radius >= 0 && radius <= 48;
  return {
    ...(round && { radius: `${radius}px`, "control-radius": `${radius * 0.6}px` }),
    // Only what families are made of: nothing here may end the declaration.
    ...(typeof font === "string" && /^[\w ,'"-]{1,200}$/.test(font) && closed(font) && { font }),
  };
}

/** Whether each quote that opens is closed by its like. */
function closed(font: string): boolean {
  return !/["']/.test(font.replace(/"[^"]*"|'[^']*'/g, ""));
}

function color(own: unknown, ours: string): Rgb {
  return parseColor(own) ?? parseColor(ours) ?? [0, 0, 0];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

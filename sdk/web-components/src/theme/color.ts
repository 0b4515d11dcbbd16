/** Colours and how well they can be read (WCAG 2.2, 1.4.3: relative luminance and contrast). */

export type Rgb = readonly [red: number, green: number, blue: number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** `#rgb`, `#rrggbb` or `rgb(r, g, b)`; null for anything else. */
export function parseColor(text: unknown): Rgb | null {
  if (typeof text !== "string") return null;
  const hex = /^#(?:[\da-f]{3}){1,2}$/i.exec(text.trim())?.[0].slice(1);
  if (hex) {
    const pairs = hex.length === 3 ? [...hex].map((sign) => sign + sign) : hex.match(/../g);
    return triple((pairs ?? []).map((pair) => Number.parseInt(pair, 16)));
  }
  const parts = /^rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)$/i.exec(text.trim());
  return parts ? triple(parts.slice(1).map(Number)) : null;
}

export function toHex(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** `share` of `to` in `from`. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const parts = from.map((part, index) => Math.round(part + ((to[index] ?? part) - part) * share));
  return triple(parts) ?? from;
}

/** White or black, whichever reads better: never below 4.5:1. */
export function readableOn(background: Rgb): Rgb {
  return contrast(WHITE, background) >= contrast(BLACK, background) ? WHITE : BLACK;
}

/** The colour, as much lighter or darker as it takes to stand out (at most 4.5) from all grounds. */
export function keepContrast(color: Rgb, grounds: readonly [Rgb, ...Rgb[]], least: number): Rgb {
  const goal = readableOn(grounds[0]);
  for (let share = 0; share < 1; share += 0.04) {
    const moved = mix(color, goal, share);
    if (grounds.every((ground) => contrast(moved, ground) >= least)) return moved;
  }
  return goal;
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function triple(parts: readonly number[]): Rgb | null {
  const [red, green, blue] = parts.map((part) => Math.min(255, Math.max(0, part)));
  return red === undefined || green === undefined || blue === undefined ? null : [red, green, blue];
}

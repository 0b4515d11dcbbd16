import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contrast, parseColor, readableOn, toHex } from "../src/theme/color.js";
import { paletteOf, themeRule } from "../src/theme/palette.js";
import { THEMES } from "../src/theme/themes.js";

const rgb = fc.tuple(...Array.from({ length: 3 }, () => fc.nat(255))) as fc.Arbitrary<
  [number, number, number]
>;
const hex = rgb.map(toHex);
const scheme = fc.record({ background: hex, text: hex, accent: hex });

function parsed(text: string): [number, number, number] {
  return [...(parseColor(text) ?? [])] as [number, number, number];
}

describe("colours", () => {
  test("black on white is 21:1, and a colour on itself 1:1", () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
    expect(contrast([9, 90, 200], [9, 90, 200])).toBe(1);
  });

  test("the greys of WCAG's examples are told apart", () => {
    expect(contrast(parsed("#767676"), [255, 255, 255])).toBeGreaterThan(4.5);
    expect(contrast(parsed("#777777"), [255, 255, 255])).toBeLessThan(4.5);
  });

  test("are read as merchants write them, and nothing else is", () => {
    expect(["#f06", "#FF0066", "rgb(255, 0, 102)"].map(parseColor)).toEqual(
      Array(3).fill([255, 0, 102]),
    );
    for (const wrong of ["red", "#ff", "#12345", "var(--x)", 5, null, "#fff;}"])
      expect(parseColor(wrong)).toBeNull();
  });

  test("white or black can be read on every colour", () => {
    fc.assert(fc.property(rgb, (color) => contrast(readableOn(color), color) >= 4.5));
  });
});

describe("a palette", () => {
  test("can be read whatever colours a merchant has chosen", () => {
    fc.assert(
      fc.property(
        scheme,
        fc.record({ accent: hex, background: hex, text: hex }, { requiredKeys: [] }),
        (ours, own) => {
          const palette = paletteOf(ours, own);
          const against = (ink: string, ground: string) => contrast(parsed(ink), parsed(ground));

          for (const ground of [palette.background, palette.surface]) {
            for (const ink of [
              palette.text,
              palette.muted,
              palette.link,
              palette.danger,
              palette.success,
            ])
              expect(against(ink, ground)).toBeGreaterThanOrEqual(4.5);
            expect(against(palette.field, ground)).toBeGreaterThanOrEqual(3);
          }
          expect(against(palette["on-accent"], palette.accent)).toBeGreaterThanOrEqual(4.5);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each(Object.entries(THEMES))("of the theme %s keeps its own colours", (_, theme) => {
    for (const own of [theme.light, theme.dark]) {
      expect(paletteOf(own)).toMatchObject({ background: own.background, text: own.text });
      expect(paletteOf(own)).toMatchObject({ accent: own.accent, link: own.accent });
    }
  });
});

describe("the rule of a theme", () => {
  test("takes the experience's colours, and others where a visitor prefers dark", () => {
    const own = { accent: "#0a7", radius: 4, font: "'My Sans', serif", dark: { accent: "#5fd" } };

    expect(themeRule("", own, false)).toContain("--accent:var(--fanfare-accent,#00aa77)");
    expect(themeRule("", own, true)).toContain("--accent:var(--fanfare-accent,#55ffdd)");
    expect(themeRule("", own, false)).toContain("--radius:var(--fanfare-radius,4px)");
    expect(themeRule("", own, false)).toContain("--font:var(--fanfare-font,'My Sans', serif)");
  });

  test("lets nothing of a merchant's theme end it", () => {
    const own = { accent: "red;}*{display:none", font: "x;}*{display:none", radius: "1px;}" };

    expect(themeRule("retro", own, false)).toBe(themeRule("retro", null, false));
    for (const font of ["'x", `"'"'`, `'a"b', "c'd`, "'x\ny'"])
      expect(themeRule("", { font }, false)).toBe(themeRule("", null, false));
    expect(themeRule("toString", [], false)).toBe(themeRule("default", undefined, false));
  });
});

/** Colours of a site, so that what is written on them, and in them, can be read (WCAG 2.2 §1.4.3: 4.5 to 1). */
type Rgb = readonly [red: number, green: number, blue: number];

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
const usual: Rgb = [0x2f, 0x5b, 0xd3];

/** `#rrggbb`; anything else is the usual blue. */
export function readColour(text: string): Rgb {
  const value = /^#([0-9a-f]{6})$/i.exec(text)?.[1];
  if (value === undefined) return usual;
  return [0, 2, 4].map((at) => Number.parseInt(value.slice(at, at + 2), 16)) as unknown as Rgb;
}

export const writeColour = (colour: Rgb): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** White where it can be read on it, else black; one of them always can. */
export const readableOn = (ground: Rgb): Rgb => (contrast(white, ground) >= 4.5 ? white : black);

/** The colour itself where it has that contrast to the ground, else as little darker or lighter as it takes. */
export function standingOut(colour: Rgb, ground: Rgb, ratio: number): Rgb {
  const away = luminance(ground) > 0.18 ? black : white;
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = mix(colour, away, share);
    if (contrast(mixed, ground) >= ratio) return mixed;
  }
  return away;
}

export const mix = (colour: Rgb, other: Rgb, share: number): Rgb =>
  colour.map((part, at) => Math.round(part + ((other[at] ?? 0) - part) * share)) as unknown as Rgb;

/** WCAG's relative luminance. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** What the style sheet needs of a site's colour, on the grounds of a theme: that of the panel, and that of what an agent says in it. */
export function siteColours(
  colour: string,
  { surface: panel, sunk: said }: { readonly surface: string; readonly sunk: string },
): Readonly<Record<string, string>> {
  const [site, surface, sunk] = [readColour(colour), readColour(panel), readColour(said)];
  const fill = standingOut(site, surface, 1.4);
  const on = readableOn(fill);
  return {
    '--site': writeColour(fill),
    '--on-site': writeColour(on),
    // Towards what is not written on it, so that it stays readable.
    '--site-hover': writeColour(mix(fill, on === white ? black : white, 0.12)),
    '--site-text': writeColour(standingOut(standingOut(site, sunk, 4.5), surface, 4.5)),
    '--site-soft': writeColour(mix(surface, site, 0.1)),
  };
}

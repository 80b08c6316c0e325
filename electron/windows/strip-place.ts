import type { Rectangle } from 'electron';

/** Of the strip, in CSS pixels. */
export const stripSize = { width: 520, height: 56 } as const;

/** Where the strip lies on a screen, from the corner of what programs may use there. By the id of the screen. */
export type StripPlaces = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

export interface Screen {
  readonly id: number;
  readonly workArea: Rectangle;
}

const fromTop = 12;

/** The strip on that screen: where it was there, else in the middle of its upper edge; always whole. */
export function stripBounds(places: StripPlaces, { id, workArea }: Screen): Rectangle {
  const { width, height } = stripSize;
  const { x, y } = places[String(id)] ?? { x: Math.round((workArea.width - width) / 2), y: fromTop };
  const within = (at: number, room: number) => Math.max(0, Math.min(at, room));
  return {
    x: workArea.x + within(x, workArea.width - width),
    y: workArea.y + within(y, workArea.height - height),
    width,
    height,
  };
}

const screensRemembered = 8;

/** The places with the one where the strip was just put. */
export function withPlace(places: StripPlaces, { id, workArea }: Screen, { x, y }: Pick<Rectangle, 'x' | 'y'>): StripPlaces {
  const { [String(id)]: _moved, ...others } = places;
  const kept = Object.entries(others).slice(1 - screensRemembered);
  return Object.fromEntries([...kept, [String(id), { x: x - workArea.x, y: y - workArea.y }]]);
}

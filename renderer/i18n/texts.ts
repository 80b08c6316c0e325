import type { en } from './en.ts';

type Written = keyof typeof en;

/** A text by its name, without the plural ending that `count` chooses. */
export type TextKey = Written extends infer Key ? (Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key) : never;

/** What another language must have of these texts: each, and of plurals at least `_other` (Chinese has no other form). */
export type TextsLike<Original> = Readonly<
  Record<Exclude<keyof Original & string, `${string}_one`>, string> & Partial<Record<Extract<keyof Original, `${string}_one`>, string>>
>;
export type Texts = TextsLike<typeof en>;

export type Facts = Readonly<Record<string, string | number>>;

export type Translate = (key: TextKey, facts?: Facts) => string;

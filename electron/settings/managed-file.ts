import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { dirname, posix, win32 } from 'node:path';
import * as z from 'zod/mini';
import { desktopSettingsSchema } from '../../shared/contracts/desktop-api.ts';
import type { Report } from '../electron-api.ts';
import { isBridgeUrl } from './bridge-url.ts';

const { theme, language, flash, stripShown, startAtLogin, closeToTray, hotKeys } = desktopSettingsSchema.shape;

/** What an administrator may fix for everybody on a computer. A name that is not known here makes the whole file wrong: a typing error fixes nothing. */
const managedSchema = z.strictObject({
  settings: z.optional(
    z.partial(
      z.strictObject({
        bridgeUrl: z.string().check(z.refine(isBridgeUrl)),
        ...{ theme, language, flash, stripShown, startAtLogin, closeToTray, hotKeys },
      }),
    ),
  ),
  /** Where new versions come from, and the Ed25519 key (raw, base64) they must be signed by. */
  updates: z.optional(
    z.strictObject({
      url: z.string().check(z.refine((address) => URL.parse(address)?.protocol === 'https:')),
      key: z.string().check(z.refine((key) => Buffer.from(key, 'base64').length === 32)),
    }),
  ),
});
export type Managed = z.infer<typeof managedSchema>;

/** Where the file lies: in a folder that only administrators may write to. */
export function managedPath(platform: NodeJS.Platform): string {
  if (platform === 'win32') return win32.join('C:\\', 'Program Files', 'Crosspoint', 'desktop.json');
  if (platform === 'darwin') return posix.join('/Library', 'Application Support', 'Crosspoint', 'desktop.json');
  return posix.join('/etc', 'crosspoint', 'desktop.json');
}

type Owned = Pick<Stats, 'uid' | 'mode' | 'isFile'>;

export interface ManagedOptions {
  readonly platform: NodeJS.Platform;
  readonly report: Report;
  /** Of the path itself, not of where a link leads. */
  readonly stat?: (path: string) => Owned;
}

/** What is fixed on this computer; nothing where there is no file. One that is damaged, or that not only administrators can write, is ignored whole. */
export function readManaged(path: string, { platform, report, stat = lstatSync }: ManagedOptions): Managed {
  let text: string;
  try {
    const file = stat(path);
    // On Windows the folder says who may write: there is no owner to be seen from here.
    const isTheirs = (owned: Owned) => platform === 'win32' || (owned.uid === 0 && (owned.mode & 0o022) === 0);
    if (!file.isFile() || !isTheirs(file) || !isTheirs(stat(dirname(path)))) {
      report('managed:ignored', { why: 'others than administrators can write it' });
      return {};
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') report('managed:not-read', { why: code ?? 'unknown' });
    return {};
  }
  try {
    const parsed = managedSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    report('managed:ignored', { why: 'it does not fit', fields: parsed.error.issues.map(({ path: at }) => at.map(String).join('.')) });
  } catch {
    report('managed:ignored', { why: 'it is not JSON' });
  }
  return {};
}

import { readFileSync, renameSync } from 'node:fs';
import type { DesktopRequest, DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import type { Report } from '../electron-api.ts';
import { defaultSettings, type MachineSettings, machineSettingsSchema } from './machine-settings.ts';
import type { Managed } from './managed-file.ts';
import { writeWhole } from './write-whole.ts';

export interface SettingsOptions {
  /** The bridge of this run; shown to the page in place of the remembered one, never written. */
  readonly bridgeUrl: string | null;
  /** What an administrator fixed: it holds whatever is remembered, and is not remembered. */
  readonly fixed?: NonNullable<Managed['settings']>;
  readonly report: Report;
}

/**
 * The settings in memory and their file. Written synchronously: they are a few hundred bytes, change a few times a day, and must be on disk
 * before the program that was just closed is gone.
 */
export class SettingsFile {
  readonly #path: string;
  readonly #options: SettingsOptions;
  #settings: MachineSettings;

  constructor(path: string, options: SettingsOptions) {
    this.#path = path;
    this.#options = options;
    this.#settings = readSettings(path, options.report);
  }

  get machine(): MachineSettings {
    return this.#settings;
  }

  get desktop(): DesktopSettings {
    const { bridgeUrl, fixed } = this.#options;
    const given = Object.fromEntries(Object.entries(fixed ?? {}).filter(([, value]) => value !== undefined));
    return { ...this.#settings.desktop, bridgeUrl: bridgeUrl ?? this.#settings.desktop.bridgeUrl, ...given };
  }

  /** Names of settings that nobody can change here. */
  get fixedNames(): readonly string[] {
    return Object.entries(this.#options.fixed ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  }

  /** On disk when it returns. What is fixed stays as it is. Throws on a value that does not fit or a file that cannot be written, and changes nothing then. */
  change(change: DesktopRequest<'settings:write'>): DesktopSettings {
    const fixed = this.fixedNames;
    const given = Object.fromEntries(Object.entries(change).filter(([name, value]) => value !== undefined && !fixed.includes(name)));
    this.#replace({ ...this.#settings, desktop: { ...this.#settings.desktop, ...given } });
    return this.desktop;
  }

  rememberBounds({ x, y, width, height }: NonNullable<MachineSettings['windowBounds']>): void {
    this.#remember({ windowBounds: { x, y, width, height } });
  }

  rememberStripPlace(stripPlaces: NonNullable<MachineSettings['stripPlaces']>): void {
    this.#remember({ stripPlaces });
  }

  /** Best effort: a window that cannot be remembered must still close. */
  #remember(change: Partial<MachineSettings>): void {
    try {
      this.#replace({ ...this.#settings, ...change });
    } catch (error) {
      this.#options.report('settings:not-written', { why: error instanceof Error ? error.message : String(error) });
    }
  }

  #replace(next: MachineSettings): void {
    const settings = machineSettingsSchema.parse(next);
    writeWhole(this.#path, `${JSON.stringify(settings, null, 2)}\n`);
    this.#settings = settings;
  }
}

function readSettings(path: string, report: Report): MachineSettings {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report('settings:not-read', { why: String(error) });
    return defaultSettings;
  }
  try {
    return machineSettingsSchema.parse(JSON.parse(text));
  } catch (error) {
    report('settings:damaged', { why: error instanceof Error ? error.name : String(error) });
    try {
      renameSync(path, `${path}.damaged`);
    } catch (failure) {
      report('settings:not-kept', { why: String(failure) });
    }
    return defaultSettings;
  }
}

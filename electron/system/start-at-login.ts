import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'electron';
import type { Report } from '../electron-api.ts';

export interface StartAtLoginMeans {
  readonly app: Pick<App, 'isPackaged' | 'setLoginItemSettings' | 'getPath'>;
  readonly platform: NodeJS.Platform;
  /** The file to start: of an AppImage the image, not what it unpacked. */
  readonly program: string;
  readonly report: Report;
}

/** Starts the program when this person logs in to the computer, or no longer. What cannot be set is told and does not stop anything else. */
export function startAtLogin({ app, platform, program, report }: StartAtLoginMeans, isWanted: boolean): void {
  // What is started from its sources has no file that the system could start.
  if (!app.isPackaged) return;
  try {
    if (platform === 'linux') writeAutostart(join(app.getPath('appData'), 'autostart', 'crosspoint.desktop'), program, isWanted);
    else app.setLoginItemSettings({ openAtLogin: isWanted });
  } catch (error) {
    report('login-item:not-set', { why: error instanceof Error ? error.message : String(error) });
  }
}

/** Linux has no call for it, but a folder (Desktop Application Autostart Specification). */
function writeAutostart(file: string, program: string, isWanted: boolean): void {
  if (!isWanted) return rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, autostartEntry(program), { mode: 0o644 });
}

export function autostartEntry(program: string): string {
  // Quoted by the rules of the Exec key: what a shell would read differently is escaped, and % would name an argument.
  const quoted = `"${program.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;
  return ['[Desktop Entry]', 'Type=Application', 'Name=Crosspoint', `Exec=${quoted}`, 'X-GNOME-Autostart-enabled=true', ''].join('\n');
}

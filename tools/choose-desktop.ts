/** What the machine offers for showing the desktop. */
export interface DesktopFacts {
  readonly isOpenWanted: boolean;
  readonly hasScreen: boolean;
  readonly electron: { readonly kind: 'present'; readonly path: string } | { readonly kind: 'absent'; readonly reason: string };
  /** Programs that open an address, best first. */
  readonly openers: readonly Opener[];
  /** Chromium and Electron refuse their sandbox to the superuser. */
  readonly isRoot: boolean;
}

export interface Opener {
  readonly command: string;
  readonly args: readonly string[];
  readonly name: string;
}

export type DesktopChoice =
  | { readonly kind: 'electron'; readonly path: string; readonly args: readonly string[]; readonly line: string }
  | { readonly kind: 'browser'; readonly opener: Opener; readonly line: string }
  | { readonly kind: 'address'; readonly line: string };

/**
 * Where the desktop is shown: every way that this machine has, best first. The last one is always the plain address, so that there is an
 * answer when all others fail.
 */
export function chooseDesktop(facts: DesktopFacts, address: string): readonly DesktopChoice[] {
  const byHand = (why: string): DesktopChoice => ({ kind: 'address', line: `Open ${address} in a browser yourself: ${why}.` });
  if (!facts.isOpenWanted) return [byHand('--no-open was given')];
  if (!facts.hasScreen) return [byHand('this machine has no screen to open a window on')];

  const choices: DesktopChoice[] = [];
  const unsandboxed = facts.isRoot ? ' Its sandbox is off because you are root.' : '';
  if (facts.electron.kind === 'present') {
    const args = [...(facts.isRoot ? ['--no-sandbox'] : []), `--bridge-url=${address}`];
    choices.push({ kind: 'electron', path: facts.electron.path, args, line: `Opening the desktop in Electron.${unsandboxed}` });
  }
  const why = facts.electron.kind === 'present' ? 'Electron did not start' : facts.electron.reason;
  for (const opener of facts.openers) {
    choices.push({ kind: 'browser', opener, line: `Opening the desktop in a browser (${opener.name}): ${why}.` });
  }
  return [...choices, byHand(`${why}, and no browser could be opened`)];
}

/** How an address is opened on this machine, best first. */
export function openersFor(
  machine: { readonly platform: string; readonly isRoot: boolean; hasProgram(name: string): boolean },
  address: string,
  profileFolder: string,
): Opener[] {
  if (machine.platform === 'darwin') return [{ command: 'open', args: [address], name: 'your default browser' }];
  if (machine.platform === 'win32') return [{ command: 'explorer.exe', args: [address], name: 'your default browser' }];
  const openers: Opener[] = [];
  // The default browser of a superuser would refuse to start; Chromium can be told that this is meant.
  if (!machine.isRoot && machine.hasProgram('xdg-open')) {
    openers.push({ command: 'xdg-open', args: [address], name: 'your default browser' });
  }
  for (const command of ['chromium', 'chromium-browser', 'google-chrome']) {
    if (!machine.hasProgram(command)) continue;
    const sandbox = machine.isRoot ? ['--no-sandbox'] : [];
    openers.push({ command, args: [...sandbox, `--user-data-dir=${profileFolder}`, '--no-first-run', `--app=${address}`], name: command });
  }
  return openers;
}

/** Whether a window can be shown at all. */
export function hasScreen(platform: string, env: Readonly<Record<string, string | undefined>>): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

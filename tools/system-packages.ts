import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './run-command.ts';

/** A Debian package that the tests need, and how to see that it is there. */
export interface SystemPackage {
  readonly name: string;
  readonly purpose: string;
  isPresent(machine: Machine): boolean;
}

/** What is asked of the machine; a fake in tests. */
export interface Machine {
  hasProgram(name: string): boolean;
  hasFile(path: string): boolean;
  readonly isRoot: boolean;
}

const program = (name: string, command: string, purpose: string): SystemPackage => ({
  name,
  purpose,
  isPresent: (machine) => machine.hasProgram(command),
});

/** A program of services is in `sbin`, which is not on everybody's path. */
const service = (name: string, command: string, purpose: string): SystemPackage => ({
  name,
  purpose,
  isPresent: (machine) => machine.hasProgram(command) || machine.hasFile(`/usr/sbin/${command}`),
});

const withFile = (name: string, path: string, purpose: string): SystemPackage => ({
  name,
  purpose,
  isPresent: (machine) => machine.hasFile(path),
});

const kamailioModule = (module: string, purpose: string): SystemPackage => ({
  name: `kamailio-${module}-modules`,
  purpose,
  isPresent: (machine) => ['x86_64', 'aarch64'].some((kind) => machine.hasFile(`/usr/lib/${kind}-linux-gnu/kamailio/modules/${module}.so`)),
});

export const neededPackages: readonly SystemPackage[] = [
  program('chromium', 'chromium', 'the browser of the end-to-end tests'),
  program('sip-tester', 'sipp', 'a SIP caller that is not ours'),
  program('baresip', 'baresip', 'a softphone that is not ours'),
  service('kamailio', 'kamailio', 'a SIP proxy in front of the bridge'),
  kamailioModule('websocket', 'browsers at that proxy'),
  kamailioModule('tls', 'phones over TLS at that proxy'),
  service('rtpengine-daemon', 'rtpengine', 'a relay of sound that is not ours'),
  program('espeak-ng', 'espeak-ng', 'a voice that speaks the texts of prompts'),
  program('coturn', 'turnserver', 'a relay for the sound of agents at home'),
  service('postfix', 'postfix', 'a mail server that is not ours'),
  withFile('dovecot-imapd', '/usr/lib/dovecot/imap', 'mailboxes that are not ours'),
  withFile('dovecot-lmtpd', '/usr/lib/dovecot/lmtp', 'how mail comes into those mailboxes'),
  withFile('fonts-noto-cjk', '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', 'Chinese letters on the screens under test'),
];

export const missingPackages = (machine: Machine) => neededPackages.filter((needed) => !needed.isPresent(machine));

/** What a person has to do, word for word. */
export function adviceFor(missing: readonly SystemPackage[]): string {
  const lines = missing.map(({ name, purpose }) => `  ${name}: ${purpose}`);
  const install = `sudo apt-get install --no-install-recommends ${missing.map(({ name }) => name).join(' ')}`;
  return [
    'The tests need Debian packages that are not installed:',
    ...lines,
    'Install them, then run the command again:',
    `  ${install}`,
  ].join('\n');
}

export const thisMachine: Machine = {
  hasProgram: (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name))),
  hasFile: (path) => existsSync(path),
  isRoot: process.getuid?.() === 0,
};

/** Debian asks this program whether a service that was just installed may start; tests start their own, and nothing else shall listen here. */
const policyProgram = '/usr/sbin/policy-rc.d';

async function withoutServices<Done>(install: () => Promise<Done>): Promise<Done> {
  if (existsSync(policyProgram)) return install();
  writeFileSync(policyProgram, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await install();
  } finally {
    rmSync(policyProgram, { force: true });
  }
}

/** What a person has to do first, because it cannot be done for them; null where nothing is missing, or can be installed. */
export function adviceAtOnce(machine: Machine = thisMachine): string | null {
  const missing = missingPackages(machine);
  return missing.length === 0 || (machine.isRoot && machine.hasProgram('apt-get')) ? null : adviceFor(missing);
}

/** Installs what is missing where that is allowed. Returns null when all is there, else the advice for a person. */
export async function ensureSystemPackages(machine: Machine = thisMachine): Promise<string | null> {
  const advice = adviceAtOnce(machine);
  const missing = missingPackages(machine);
  if (advice !== null || missing.length === 0) return advice;
  console.log(`Installing ${missing.map(({ name }) => name).join(', ')} ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get', ['-q', 'update'], { env, limitMs: 3 * 60_000 });
  const install = ['-q', 'install', '-y', '--no-install-recommends', ...missing.map(({ name }) => name)];
  const done = await withoutServices(() => runCommand('apt-get', install, { env, limitMs: 8 * 60_000 }));
  const still = missingPackages(machine);
  if (still.length === 0) return null;
  return `${done.output.trim().split('\n').slice(-5).join('\n')}\n${adviceFor(still)}`;
}

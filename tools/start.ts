/**
 * `npm start`: builds what changed, starts the bridge, says where it is and how to try it, and opens the desktop. A bridge that
 * dies is started again. Ctrl-C drains it and ends with 0; a second Ctrl-C does not wait.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoPassword } from '../cti-bridge/store/seed/demo-people.ts';
import { demoProvider } from '../cti-bridge/store/seed/organisation.ts';
import { demoUsers } from '../cti-bridge/store/seed/users.ts';
import { demoPost } from '../cti-bridge/store/seed/written-contacts.ts';
import { type BridgeAddresses, BridgeKeeper, BridgeProcess, sameAddresses } from '../electron/bridge-host/index.ts';
import { buildBridge } from './build-bridge.ts';
import { buildDesktop } from './build-desktop.ts';
import { buildWidget } from './build-widget.ts';
import { chooseDesktop, type DesktopChoice, hasScreen, openersFor } from './choose-desktop.ts';
import { type DemoProvider, startDemoProvider } from './demo-provider.ts';
import { ensureElectron } from './electron-runtime.ts';
import { startDemoPost } from './mail/demo-post.ts';
import { inProject, root } from './project.ts';
import { startDemoSmsc } from './sms/demo-smsc.ts';
import { readStartOptions, type StartOptions, startUsage } from './start-options.ts';
import { thisMachine } from './system-packages.ts';
import { welcomeText } from './welcome.ts';

const say = (line: string) => console.log(line);
const stepLimitMs = 60_000;
/** One press of Ctrl-C may arrive twice: from the terminal and from npm. */
const samePressMs = 1_000;

function refuse(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}

/** One level at a time: Node's own recursive way never returns where a file system answers "no such folder" to a new one (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
}

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    if (!statSync(folder).isDirectory()) refuse(`${folder} is not a folder. Give another with --data DIR.`, 1);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    refuse(`The data folder ${folder} cannot be written (${why}). Give another with --data DIR.`, 1);
  }
}

function startBridge(options: StartOptions, logFile: string, before: BridgeAddresses | null): BridgeProcess {
  const args = ['--data', options.dataFolder];
  if (options.port !== null) args.push('--port', String(options.port));
  if (options.sipPort !== null) args.push('--sip-port', String(options.sipPort));
  args.push(...sameAddresses(before));
  const program = inProject('dist', 'bridge', 'main.js');
  return new BridgeProcess({
    node: process.execPath,
    program,
    args,
    cwd: root,
    logFile,
    readyLimitMs: stepLimitMs,
    drainLimitMs: 30_000,
    say,
  });
}

/** Settles when the window's program is known to have failed; a program that still runs after a moment, or ended well, has not. */
function openWith(choice: Exclude<DesktopChoice, { kind: 'address' }>, children: Set<ChildProcess>): Promise<'opened' | 'failed'> {
  const [command, args] = choice.kind === 'electron' ? [choice.path, [root, ...choice.args]] : [choice.opener.command, choice.opener.args];
  const child = spawn(command, [...args], { cwd: root, stdio: 'ignore' });
  children.add(child);
  return new Promise((resolve) => {
    const looksWell = setTimeout(() => resolve('opened'), 5_000);
    child.once('error', () => resolve('failed'));
    child.once('exit', (code) => {
      clearTimeout(looksWell);
      children.delete(child);
      resolve(code === 0 ? 'opened' : 'failed');
    });
  });
}

async function openDesktop(options: StartOptions, { http }: BridgeAddresses, children: Set<ChildProcess>): Promise<void> {
  const mayOpen = options.isOpenWanted && hasScreen(process.platform, process.env);
  const machine = { platform: process.platform, isRoot: thisMachine.isRoot, hasProgram: thisMachine.hasProgram };
  const choices = chooseDesktop(
    {
      isOpenWanted: options.isOpenWanted,
      hasScreen: mayOpen,
      electron: mayOpen ? await ensureElectron(say) : { kind: 'absent', reason: '' },
      openers: openersFor(machine, http, join(options.dataFolder, 'browser')),
      isRoot: machine.isRoot,
    },
    http,
  );
  for (const choice of choices) {
    say(choice.line);
    if (choice.kind === 'address' || (await openWith(choice, children)) === 'opened') return;
  }
}

const parsed = readStartOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
if (!parsed.ok) refuse(`${parsed.error}\n${startUsage}`, 2);
const options = parsed.value;
prepareFolder(options.dataFolder);
const logFile = join(options.dataFolder, 'bridge.log');

try {
  await buildBridge(say);
  await buildWidget(say);
  await buildDesktop(say);
} catch (error) {
  refuse(`The program could not be built: ${error instanceof Error ? error.message : String(error)}`, 1);
}

/** Where the demo takes mail; somebody who set it up otherwise keeps that. */
const demoMail = { host: '127.0.0.1', port: 2_525 };
process.env.CROSSPOINT_MAIL_INTAKE ??= JSON.stringify(demoMail);
const smsc = await startDemoSmsc().catch((error: unknown) => {
  say(`There is no network for text messages: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  return null;
});
Object.assign(process.env, smsc?.environment);

const sentMail = join(options.dataFolder, 'sent-mail');
const post = await startDemoPost({ folder: sentMail }).catch((error: unknown) => {
  say(`Mail that is sent waits: ${(error as NodeJS.ErrnoException).code ?? String(error)} at ${demoPost.host}:${demoPost.port}.`);
  return null;
});

const bridge = new BridgeKeeper({ start: (before) => startBridge(options, logFile, before), say });
const windows = new Set<ChildProcess>();
let provider: DemoProvider | null = null;
let stoppingSince: number | null = null;

async function stop(): Promise<void> {
  say('\nStopping: calls are ended and everything is written to disk. Ctrl-C again to stop at once.');
  for (const window of windows) window.kill('SIGTERM');
  await bridge.drain();
  await provider?.stop();
  await smsc?.stop();
  await post?.stop();
  const { code } = await bridge.ended;
  if (code !== 0) refuse(`The bridge did not stop cleanly (${code === null ? 'killed' : `exit ${code}`}). Its log: ${logFile}`, 1);
  say('Stopped.');
  process.exit(0);
}

function onSignal(): void {
  if (stoppingSince === null) {
    stoppingSince = performance.now();
    void stop();
  } else if (performance.now() - stoppingSince > samePressMs) {
    bridge.kill();
    refuse('Stopped at once.', 130);
  }
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
process.on('exit', () => bridge.kill());

let addresses: BridgeAddresses;
try {
  addresses = await bridge.ready;
} catch (error) {
  if (stoppingSince !== null) process.exit(0);
  refuse(error instanceof Error ? error.message : String(error), 1);
}
void bridge.ended.then(({ code, signal }) => {
  if (stoppingSince !== null) return;
  for (const window of windows) window.kill('SIGTERM');
  const why = `The bridge ended by itself (${signal ?? `exit ${code}`}), again and again.`;
  refuse(`${why} What it stored is as it was, in ${options.dataFolder}. Its log: ${logFile}`, 1);
});
provider = await startDemoProvider(demoProvider).catch((error: unknown) => {
  say(`Nobody answers calls out: ${(error as NodeJS.ErrnoException).code ?? String(error)} at ${demoProvider.host}:${demoProvider.port}.`);
  return null;
});
say(
  welcomeText({
    addresses,
    demo: { password: demoPassword, logins: demoUsers },
    dataFolder: options.dataFolder,
    logFile,
    sentMail: post && sentMail,
  }),
);
await openDesktop(options, addresses, windows);

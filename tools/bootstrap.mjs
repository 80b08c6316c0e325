// The one door of every npm script. Plain JavaScript for any Node from 18 on, because it runs before anything is installed: it installs the
// locked dependencies when they changed, then runs the given TypeScript program under Node 24, which the lock file brings on Linux.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.crosspoint-lock');
const lockFile = join(root, 'dist', 'install.lock');
const installLimitMs = 15 * 60_000;

/** What decides the content of node_modules: the lock and the wanted dependencies, not the scripts beside them. */
function wantedStamp() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies, manifest.overrides];
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(JSON.stringify(wanted))
    .digest('hex');
}

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === wantedStamp();
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** One installer at a time. A lock whose owner died is taken over by renaming it, which only one can do. */
async function takeLock() {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (const start = Date.now(); Date.now() - start < installLimitMs; ) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST')
        fail(`Cannot write to ${dirname(lockFile)} (${error.code}). Make the project folder writable and try again.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (isInstalled()) return false;
    try {
      const owner = Number(readFileSync(lockFile, 'utf8'));
      if (!(owner > 0) || isAlive(owner)) continue;
      renameSync(lockFile, `${lockFile}.${process.pid}`);
      rmSync(`${lockFile}.${process.pid}`, { force: true });
    } catch (error) {
      if (error.code !== 'ENOENT') throw error; // released, or taken over by somebody else
    }
  }
  return fail(`Another installation holds ${lockFile} for too long. Remove that file and try again.`);
}

async function install() {
  if (!(await takeLock())) return;
  try {
    if (isInstalled()) return;
    process.stderr.write('Installing the locked dependencies (once; about a minute) ...\n');
    const stamp = wantedStamp();
    const npm = process.env.npm_execpath;
    const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const options = { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: installLimitMs };
    const done = npm
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
    if (done.signal === 'SIGINT') process.exit(130);
    if (done.status !== 0) {
      const reason =
        done.error?.message ??
        done.stderr.split('\n').find((line) => /^npm (error|ERR!)/.test(line) && !/ code /.test(line)) ??
        `exit ${done.status}`;
      rmSync(lockFile, { force: true });
      fail(
        `The dependencies could not be installed: ${reason.replace(/^npm (error|ERR!)\s*/, '')}\nCheck that the npm registry can be reached, then run the command again.`,
      );
    }
    writeFileSync(stampFile, `${stamp}\n`);
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** Node 24 from the lock where its platform package exists, else this Node where it is new enough. */
function findNode() {
  const local = join(modules, '.bin', 'node');
  if (process.platform !== 'win32' && existsSync(local)) return local;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major === 24 && minor >= 15) return process.execPath;
  return fail(
    `Crosspoint needs Node 24.15 or newer, below 25; this is ${process.versions.node}. Install Node 24 and run the command again.`,
  );
}

const [program, ...args] = process.argv.slice(2);
if (!program) fail('Usage: node tools/bootstrap.mjs PROGRAM.ts [arguments]');
if (!isInstalled()) await install();

// Compiled code is kept: every start is quicker, and the bridge and its workers hold some 30 MB less each.
const compileCache = process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'compile');
const env = { ...process.env, NODE_COMPILE_CACHE: compileCache, PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}` };
const child = spawn(findNode(), [join(root, program), ...args], { cwd: root, stdio: 'inherit', env });
// Ctrl-C in a terminal reaches the child too; only a signal sent to this process alone is passed on. Either way the child decides when to end.
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm runs scripts in a shell that passes nothing on: where that shell was ended, nobody else would end us.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  child.kill('SIGTERM');
}, 500);
if (!process.env.npm_lifecycle_event) clearInterval(watch);
child.on('error', (error) => fail(`Could not start ${program}: ${error.message}`));
child.on('exit', (code, signal) => {
  if (code !== null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});

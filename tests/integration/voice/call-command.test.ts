import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../../support/bridge.ts';
import { ChildProgram } from '../../support/child-program.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { babble, writeToneFile } from '../../support/tones.ts';

/** `npm run call` against a whole bridge: what a person at the terminal reads. */

const folder = mkdtempSync(join(tmpdir(), 'crosspoint-call-'));
let bridge: TestBridge;
beforeAll(async () => {
  bridge = await startBridge({ people: 50 });
});
afterAll(async () => {
  await bridge.dispose();
  rmSync(folder, { recursive: true });
});

function runCall(...args: readonly string[]): ChildProgram {
  const program = new URL('../../../tools/call.ts', import.meta.url).pathname;
  return new ChildProgram('npm run call', process.execPath, [program, ...args], { cwd: folder, limitMs: 50_000 });
}

it('rings the hotline, presses 1, talks with an agent and says how it ended', async () => {
  const desktop = await ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username: 'lena.hartmann', password: demoPassword });
  const wav = writeToneFile(join(folder, 'voice.wav'), 600, 2_000, 16_000);
  const call = runCall('--sip', `${bridge.sip.host}:${bridge.sip.port}`, '--wav', wav);
  try {
    await call.journal.wait(/s {2}dialling 1000 at .* as Margaret Okafor$/, 5_000);
    await call.journal.wait(/s {2}answered$/, 5_000);
    await call.journal.wait(/hears prompt "welcome"$/, 20_000);
    await call.journal.wait(/presses 1$/, 15_000);
    await call.journal.wait(/hears music$/, 15_000);
    await desktop.becomeAvailable();
    const desk = await desktop.answer();

    void desk.mouth.play(babble(6));
    await call.journal.wait(/hears a voice$/, 5_000);
    await desk.ears.tone(600);
    const { interactionId } = await desktop.push('interaction:assigned');
    await desktop.ask('call:end', { interactionId });
    await call.journal.wait(/the other side hung up/, 5_000);
    expect(await call.exited).toBe(0);
  } finally {
    call.kill();
    await desktop.close();
  }
});

it('hangs up by itself when its seconds are over', async () => {
  const call = runCall('--sip', `${bridge.sip.host}:${bridge.sip.port}`, '--seconds', '1', '--press', '');
  expect(await call.exited).toBe(0);
  expect(call.journal.has(/1 s are over, hanging up$/)).toBe(true);
});

it.each([
  ['an unknown number', ['--to', '9999'], 1, /nobody has the number 9999 here \(404\)$/],
  ['a file that is not there', ['--wav', 'no-such.wav'], 2, /There is no file .*no-such\.wav\.$/],
  ['a key no telephone has', ['--press', 'x'], 2, /--press takes keys/],
])('says in plain words what is wrong with %s', async (_what, args, code, message) => {
  const call = runCall('--sip', `${bridge.sip.host}:${bridge.sip.port}`, ...args);
  expect(await call.exited).toBe(code);
  expect(call.journal.has(message), call.journal.toString()).toBe(true);
});

it('says that nobody listens and how to start the bridge', async () => {
  const call = runCall('--sip', '127.0.0.1:9');
  expect(await call.exited).toBe(1);
  expect(call.journal.has(/nobody listens there \(127\.0\.0\.1:9\)\. Start the bridge with: npm start$/), call.journal.toString()).toBe(
    true,
  );
});

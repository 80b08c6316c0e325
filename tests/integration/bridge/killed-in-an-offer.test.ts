import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { databaseFile, openForWriting } from '../../../cti-bridge/store/database.ts';
import { writeOperations } from '../../../cti-bridge/store/repositories/write-operations.ts';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { type AgentId, asId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';
import { ChildProgram } from '../../support/child-program.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { inspect } from '../store/store-under-test.ts';

const main = fileURLToPath(new URL('../../../dist/bridge/main.js', import.meta.url));

interface Offer {
  readonly fencing: number;
  readonly reservation_id: string;
  readonly work_item_id: string;
  readonly state: string;
}

/** A bridge as a program of its own, with callers and desktops as they come. Whoever is left when the test ends is ended. */
class Program {
  readonly #child: ChildProgram;
  readonly #http: string;
  readonly #sip: { readonly host: string; readonly port: number };

  private constructor(child: ChildProgram, said: { readonly http: string; readonly sip: string }) {
    const [host = '', port = ''] = said.sip.split(':');
    this.#child = child;
    this.#http = said.http;
    this.#sip = { host, port: Number(port) };
  }

  static async start(folder: string): Promise<Program> {
    const args = [main, '--data', folder, '--port', '0', '--sip-port', '0'];
    const child = new ChildProgram('bridge', process.execPath, args, { cwd: tmpdir(), limitMs: 80_000 });
    onTestFinished(async () => {
      child.kill();
      await child.exited;
    });
    const { what } = await child.journal.wait(/"msg":"bridge:ready"/, 30_000);
    return new Program(child, JSON.parse(what) as { http: string; sip: string });
  }

  async signIn(username: string): Promise<ScriptedDesktop> {
    const desktop = await ScriptedDesktop.logIn({ bridge: this.#http, username, password: demoPassword });
    onTestFinished(() => desktop.close());
    await desktop.becomeAvailable();
    return desktop;
  }

  async call(): Promise<void> {
    const phone = await ScriptedPhone.onTrunk({ sip: this.#sip });
    onTestFinished(() => phone.close());
    await (await phone.call({ to: '1002', from: margaretOkafor.number })).answered();
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill();
    await this.#child.exited;
  }
}

it('killed while one agent talks and another rings, starts with nobody owning anything, and numbers that rise', {
  timeout: 90_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const offers = () => inspect<Offer>(folder, 'select fencing, reservation_id, work_item_id, state from routing_offer order by fencing');

  const first = await Program.start(folder);
  const lena = await first.signIn('lena.hartmann');
  await first.call();
  await lena.answer();
  await lena.push('interaction:assigned');
  const daniel = await first.signIn('daniel.frost');
  await first.call();
  await daniel.ringing();
  await first.kill();
  const before = offers();
  expect(before.map(({ state }) => state)).toEqual(['accepted', 'standing']);

  const second = await Program.start(folder);
  expect(offers().map(({ state }) => state)).toEqual(['released', 'released']);
  expect(inspect(folder, 'select count(*) as open from interaction_progress where is_open = 1')).toEqual([{ open: 0 }]);

  // Whoever still believes in the offer of then is too late.
  const { db } = openForWriting(join(folder, databaseFile));
  onTestFinished(() => db.destroy());
  const late = before.map(({ fencing, reservation_id, work_item_id }) => ({
    fencing,
    reservationId: asId<ReservationId>(reservation_id),
    workItemId: asId<WorkItemId>(work_item_id),
    agentId: asId<AgentId>(daniel.agentId),
    at: Date.now(),
  }));
  for (const acceptance of late) expect(await writeOperations.acceptOffer(db, acceptance, 'late')).toBe('lost');

  const again = await second.signIn('lena.hartmann');
  await second.call();
  await again.answer();
  await again.push('interaction:assigned');
  const highest = Math.max(...before.map(({ fencing }) => fencing));
  expect(offers().slice(before.length)).toMatchObject([{ fencing: highest + 1, state: 'accepted' }]);
  expect(inspect(folder, "select count(*) as owned from routing_offer where state in ('accepted', 'standing')")).toEqual([{ owned: 1 }]);
  // The log tells of both runs.
  expect(inspect(folder, `select count(*) as runs from routing_decision where body like '%"router:started"%'`)).toEqual([{ runs: 2 }]);
});

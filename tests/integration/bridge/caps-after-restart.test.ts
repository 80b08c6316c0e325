import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainCallingRule, plainTrunk } from '../../../shared/contracts/calling.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import { ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { BridgeStage } from './bridge-stage.ts';

/** A stolen password does not get its hour of calls again by a restart of the bridge. */

const folder = mkdtempSync(join(tmpdir(), 'crosspoint-caps-'));
let provider: ScriptedPhone;

beforeAll(async () => {
  await giveDemoData(folder);
  provider = await ScriptedPhone.onTrunk({ sip: null, name: 'provider' });
  provider.onCall((call) => call.reject(486));
});
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Two calls of an agent within any hour, over our provider. */
const capped = (configuration: Configuration): Configuration => ({
  ...configuration,
  roles: configuration.roles.map((role) => ({ ...role, calling: { ...plainCallingRule, callsPerHour: 2 } })),
  trunks: [
    {
      id: 'carrier',
      name: { en: 'Carrier', zh: '运营商' },
      host: '127.0.0.1',
      port: Number(provider.sentBy.slice(provider.sentBy.lastIndexOf(':') + 1)),
      transport: 'udp',
      username: null,
      password: null,
      ...plainTrunk(),
      direction: 'out',
      pingSeconds: null,
    },
  ],
});

it('the calls of the hour before a restart count, of each agent for themselves', { timeout: 120_000 }, async () => {
  for (const isRestarted of [false, true]) {
    const stage = await BridgeStage.open(isRestarted ? { folder } : { folder, setUp: capped });
    const lena = await stage.signIn();
    await lena.becomeAvailable();
    const dial = async (number = '13900004126') => {
      const answer = await lena.ask('call:dial', { number });
      if (!answer.isDialled) return answer.why;
      await lena.answer(answer.reservationId, 15_000);
      await lena.push('call:changed', (view) => view.interactionId === answer.interactionId && view.state === 'ended');
      return 'dialled';
    };
    expect([await dial(), await dial()]).toEqual(isRestarted ? ['agentHourlyCap', 'agentHourlyCap'] : ['dialled', 'dialled']);
    if (isRestarted) expect(await dial('110')).toBe('dialled');
    const wei = await stage.signIn('lin.wei');
    await wei.becomeAvailable();
    if (isRestarted) expect(await wei.ask('call:dial', { number: '13900004126' })).toMatchObject({ isDialled: true });
    await stage.close();
    expect(stage.bridge.bugs.filter((bug) => !bug.startsWith('alarm:callsOut'))).toEqual([]);
  }
});

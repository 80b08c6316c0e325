import { describe, expect, it } from 'vitest';
import type { Role } from '../../../shared/contracts/agent.ts';
import { roles } from '../../../shared/contracts/agent.ts';
import { commandNames, commands, pushes } from '../../../shared/contracts/bridge-events.ts';
import { mayDo } from '../../../shared/contracts/rights.ts';
import { commandExamples, pushExamples } from '../../contract/wire-examples.ts';
import { agentIdOf, connectDesktop, openApi } from './api-house.ts';

const nameOf: Readonly<Record<Role, string>> = { agent: 'ana', supervisor: 'sun', administrator: 'adam' };

describe('rights, walked over every command and every role', () => {
  it.each(roles)('%s', async (role) => {
    const house = await openApi({ limits: { commands: { perSecond: 1_000, burst: 1_000 } } });
    const open = async () => connectDesktop(house.url, (await house.logIn(nameOf[role], true)).token);
    let desktop = await open();
    for (const name of commandNames) {
      // The session's own commands begin and end one.
      if (name.startsWith('session:')) desktop = await open();
      if (name !== 'session:resume') await desktop.resume();
      house.desk.asked.length = 0;
      const answer = await desktop.command(name, commandExamples[name].request);
      // Who is calling can be said by those alone who take calls.
      const takesPart = name !== 'interaction:choose-contact' || role !== 'administrator';
      const isAllowed = mayDo(role, commands[name].right) && takesPart;
      expect(answer, name).toMatchObject(isAllowed ? { ok: true } : { ok: false, error: { code: 'forbidden' } });
      if (isAllowed) expect(commands[name].answer.safeParse(answer.ok && answer.value), name).toMatchObject({ success: true });
      const reached = house.desk.asked.map((one) => one.command);
      // The session's own commands are answered by the api itself, and so is the end of watching.
      expect(reached, name).toEqual(isAllowed && !name.startsWith('session:') && name !== 'board:unwatch' ? [name] : []);
      const isAskedAsAgent = name !== 'contact:read' && name !== 'contact:timeline' && role !== 'administrator';
      if (isAllowed && reached.length > 0 && isAskedAsAgent) expect(house.desk.asked[0]?.agentId, name).toBe(agentIdOf(nameOf[role]));
      if (name.startsWith('session:')) desktop = await open();
    }
  });

  it('a supervisor who takes no work cannot act as an agent, but reads', async () => {
    const house = await openApi();
    const desktop = await house.openDesktop('sora');
    expect(await desktop.resume()).toMatchObject({ ok: true, value: { agent: null } });
    expect(await desktop.command('call:end', { interactionId: 'i' })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await desktop.command('contact:read', { contactId: 'c' })).toMatchObject({ ok: true });
    expect(house.desk.presence).toEqual([]);
  });

  it('a board reaches those who watch, until they stop or their session ends', async () => {
    const house = await openApi();
    const [sun, sora, adam] = await Promise.all(['sun', 'sora', 'adam'].map((name) => house.openDesktop(name)));
    if (!sun || !sora || !adam) throw new Error('three desktops were opened');
    for (const desktop of [sun, sora, adam]) {
      await desktop.resume();
      expect(await desktop.command('board:watch', {})).toMatchObject({ ok: true, value: pushExamples['board:changed'] });
    }
    await sora.command('board:unwatch', {});
    await adam.command('session:log-out', {});
    await adam.ended;
    house.supervision.push(pushExamples['board:changed']);
    await sun.until(() => sun.pushes.length === 1);
    expect(sun.pushes[0]).toMatchObject({ name: 'board:changed', payload: pushExamples['board:changed'] });
    expect(house.supervision.watchers.size).toBe(1);
    expect([sora.pushes, adam.pushes]).toEqual([[], []]);
  });

  it('pushes for one agent reach that agent alone; broadcasts reach everybody who works or watches', async () => {
    const house = await openApi();
    const [ana, bo, adam] = await Promise.all(['ana', 'bo', 'adam'].map((name) => house.openDesktop(name)));
    if (!ana || !bo || !adam) throw new Error('three desktops were opened');
    for (const desktop of [ana, bo, adam]) await desktop.resume();
    house.desktops.push(agentIdOf('ana'), 'reservation:offered', pushExamples['reservation:offered']);
    house.desktops.broadcast('queue:changed', pushExamples['queue:changed']);
    await Promise.all([
      ana.until(() => ana.pushes.length === 2),
      bo.until(() => bo.pushes.length === 1),
      adam.until(() => adam.pushes.length === 1),
    ]);
    expect(bo.pushes.map((push) => push.name)).toEqual(['queue:changed']);
    expect(adam.pushes.map((push) => push.name)).toEqual(['queue:changed']);
    for (const push of ana.pushes) expect(pushes[push.name].safeParse(push.payload)).toMatchObject({ success: true });
  });
});

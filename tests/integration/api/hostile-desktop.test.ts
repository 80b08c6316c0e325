import { describe, expect, it } from 'vitest';
import { pushExamples } from '../../contract/wire-examples.ts';
import type { ScriptedDesktop } from './api-house.ts';
import { agentIdOf, connectDesktop, openApi } from './api-house.ts';

/** One attacker and one bystander on the same bridge: whatever the first sends, the second is served. */
async function openTwo() {
  const house = await openApi();
  const attacker = await house.openDesktop('ana');
  const bystander = await house.openDesktop('bo');
  await attacker.resume();
  await bystander.resume();
  const expectBystanderServed = async () => {
    expect(await bystander.command('contact:read', { contactId: 'c' })).toMatchObject({ ok: true });
    house.desktops.push(agentIdOf('bo'), 'queue:changed', pushExamples['queue:changed']);
    await bystander.until(() => bystander.pushes.length > 0);
    expect(bystander.socket.connected).toBe(true);
  };
  return { house, attacker, bystander, expectBystanderServed };
}

const polluted = () => ({}) as Record<string, unknown>;

describe('what a hostile desktop sends', () => {
  it.each([
    ['no command at all', undefined, undefined],
    ['an unknown command', 'system:shut-down', {}],
    ['a name from the prototype', 'constructor', {}],
    ['__proto__ as a name', '__proto__', {}],
    ['a number for a name', 7, {}],
    ['an object for a name', { toString: 'x' }, {}],
    ['no request', 'call:end', undefined],
    ['null', 'call:end', null],
    ['a list', 'call:end', [{ interactionId: 'i' }]],
    ['a wrong type', 'call:end', { interactionId: 7 }],
    ['an object for an id', 'call:end', { interactionId: { $ne: null } }],
    ['an id too long', 'call:end', { interactionId: 'x'.repeat(65) }],
    ['an empty id', 'call:end', { interactionId: '' }],
    ['a key nobody knows', 'call:end', { interactionId: 'i', isAdmin: true }],
    ['half an entry', 'contact:timeline', { contactId: 'c', before: null, limit: 1.5, filter: 'all' }],
    ['half a revision', 'interaction:save-draft', { interactionId: 'i', text: '', revision: 0.5 }],
    ['a key nobody knows in a variant', 'agent:set-presence', { presence: 'available', agentId: 'agent-of-bo' }],
    ['a reason only the system may give', 'agent:set-presence', { presence: 'notReady', reason: 'noAnswer' }],
    ['a key that is no digit', 'call:send-digit', { interactionId: 'i', digit: '1\r\n' }],
    ['a text too long', 'interaction:save-draft', { interactionId: 'i', text: 'x'.repeat(20_001), revision: 1 }],
    ['a number too large for a page', 'contact:timeline', { contactId: 'c', before: null, limit: 1e9, filter: 'all' }],
    ['bytes for a text', 'interaction:save-draft', { interactionId: 'i', text: Buffer.from('abc'), revision: 1 }],
    ['a prototype', 'call:end', JSON.parse('{"interactionId":"i","__proto__":{"polluted":true}}')],
    ['a constructor', 'call:end', JSON.parse('{"interactionId":"i","constructor":{"prototype":{"polluted":true}}}')],
  ])('%s is refused with a reason and reaches nobody', async (_what, name, request) => {
    const { house, attacker, expectBystanderServed } = await openTwo();
    expect(await attacker.command(name, request)).toMatchObject({ ok: false, error: { code: 'bad_request', message: expect.any(String) } });
    expect(house.desk.asked).toEqual([]);
    expect(polluted().polluted).toBeUndefined();
    await expectBystanderServed();
  });

  it('a megabyte of text closes its own socket only', async () => {
    const { house, attacker, expectBystanderServed } = await openTwo();
    attacker.socket.emit('command', 'interaction:save-draft', { interactionId: 'i', text: 'x'.repeat(1_000_000), revision: 1 }, () => {});
    expect(await attacker.ended).toMatch(/transport/);
    expect(house.desk.asked).toEqual([]);
    await expectBystanderServed();
  });

  const floods: [string, (attacker: ScriptedDesktop) => void][] = [
    ['right commands', ({ socket }) => void socket.emit('command', 'contact:read', { contactId: 'c' }, () => {})],
    ['wrong commands', ({ socket }) => void socket.emit('command', 'contact:read', { contactId: '' }, () => {})],
    ['commands nobody wants answered', ({ socket }) => void socket.emit('command', 'call:end', { interactionId: 'i' })],
    ['unknown events', ({ socket }) => void socket.emit('admin:everything', { a: 1 })],
    ['probes', ({ socket }) => void socket.emit('probe', () => {})],
    ['events without anything', ({ socket }) => void socket.emit('command')],
  ];
  it.each(floods)('a flood of %s closes its own socket only', async (_what, send) => {
    const { attacker, expectBystanderServed } = await openTwo();
    for (let n = 0; n < 2_000; n++) send(attacker);
    expect(await attacker.ended).toBe('io server disconnect');
    await expectBystanderServed();
  });

  it('a burst a little too fast is told so and keeps its socket', async () => {
    const { attacker } = await openTwo();
    const answers = await Promise.all(Array.from({ length: 200 }, () => attacker.command('contact:read', { contactId: 'c' })));
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(101);
    for (const answer of refused) expect(answer).toMatchObject({ error: { code: 'too_many_requests' } });
    expect(attacker.socket.connected).toBe(true);
  });

  it.each([
    ['no token', undefined],
    ['a wrong token', 'x'.repeat(43)],
    ['an object', { $ne: '' }],
    ['a very long one', 'x'.repeat(100_000)],
  ])('a socket with %s is not opened', async (_what, token) => {
    const house = await openApi();
    await expect(connectDesktop(house.url, token)).rejects.toMatchObject({ data: { code: 'unauthorized' } });
  });

  it('a command that breaks is answered as our fault, and the next one works', async () => {
    const { house, attacker } = await openTwo();
    Object.assign(house.desk, {
      endCall: () => Promise.reject(new Error('a bug')),
      holdCall: () => {
        throw new Error('another');
      },
    });
    expect(await attacker.command('call:end', { interactionId: 'i' })).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await attacker.command('call:hold', { interactionId: 'i' })).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await attacker.command('contact:read', { contactId: 'c' })).toMatchObject({ ok: true });
  });
});

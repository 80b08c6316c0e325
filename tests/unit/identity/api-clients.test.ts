import { describe, expect, it } from 'vitest';
import { ApiClients } from '../../../cti-bridge/identity/index.ts';
import { err, ok, silentLog } from '../../../cti-bridge/kernel/index.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';

const name = { en: 'Billing', zh: '账务' };
const secrets: Readonly<Record<string, string>> = { ONE: 'a-secret-of-enough-length', TWO: 'another-secret-of-enough', SHORT: 'short' };
const configured = (...ids: readonly string[]): Pick<Configuration, 'apiClients' | 'roles'> => ({
  roles: [{ id: 'exchange', name, rights: ['session:own', 'record:exchange'] }],
  apiClients: ids.map((id) => ({ id: id.toLowerCase(), name, role: 'exchange', orgUnit: null, secret: { env: id } })),
});

function known(...ids: readonly string[]): ApiClients {
  const clients = new ApiClients({
    resolveSecret: (reference) => {
      const secret = 'env' in reference ? secrets[reference.env] : undefined;
      return secret === undefined ? err('There is none.') : ok(secret);
    },
    log: silentLog,
  });
  clients.configure(configured(...ids));
  return clients;
}

describe('other systems', () => {
  it('are known by their secret, each for itself, with the rights of its role', () => {
    const clients = known('ONE', 'TWO');
    const one = clients.find('a-secret-of-enough-length');
    expect([one?.userId, one?.name, one?.may('record:exchange'), one?.may('record:erase')]).toEqual(['api:one', 'Billing', true, false]);
    expect(clients.find('another-secret-of-enough')?.userId).toBe('api:two');
    for (const wrong of ['', 'a-secret-of-enough-lengt', 'a-secret-of-enough-length ', 'ONE']) expect(clients.find(wrong)).toBeNull();
  });

  it('without a secret that can be had, or with one that can be guessed, stay outside, and the health page says why', () => {
    const clients = known('NONE', 'SHORT');
    expect(clients.find('short')).toBeNull();
    expect(clients.problems).toEqual([
      'The system none cannot sign in. There is none.',
      'The system short cannot sign in. Its secret has fewer than 16 characters.',
    ]);
  });

  it('are others as soon as the configuration is another', () => {
    const clients = known('ONE');
    clients.configure(configured('TWO'));
    expect(clients.find('a-secret-of-enough-length')).toBeNull();
  });
});

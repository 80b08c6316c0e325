import { describe, expect, it } from 'vitest';
import { validateConfiguration } from '../../../cti-bridge/organisation/index.ts';
import type { ApiClient } from '../../../shared/contracts/configuration.ts';
import { smallConfiguration } from './configurations.ts';

const problemsOf = (...clients: readonly Partial<ApiClient>[]) => {
  const configuration = smallConfiguration();
  const [first] = configuration.apiClients;
  configuration.apiClients = clients.map((client) => ({ ...(first as ApiClient), ...client }));
  const judged = validateConfiguration(configuration);
  return judged.ok ? [] : judged.problems.map(({ path, found }) => `${path}: ${found}`);
};

describe('systems that exchange data', () => {
  it('are absent from files of before, which is the same as none', () => {
    const { apiClients: _clients, retention: _retention, ...older } = smallConfiguration();
    const judged = validateConfiguration(older);
    expect(judged.ok && [judged.configuration.apiClients, judged.configuration.retention]).toEqual([[], []]);
  });

  it('need a role that may exchange, and an office that exists', () => {
    expect(problemsOf({ role: 'agent' })).toEqual(['apiClients/billing/role: agent']);
    expect(problemsOf({ role: 'nothing', orgUnit: 'nowhere' })).toEqual([
      'apiClients/billing/role: nothing',
      'apiClients/billing/orgUnit: nowhere',
    ]);
  });

  it('have a secret each, and none where the settings of the bridge are', () => {
    expect(problemsOf({ id: 'a' }, { id: 'b' })).toEqual(['apiClients/b/secret: the secret of a']);
    expect(problemsOf({ secret: { env: 'CROSSPOINT_SECRET' } })).toEqual(['apiClients/billing/secret/env: CROSSPOINT_SECRET']);
    expect(problemsOf({ secret: 'hunter2' as never })).toEqual(['apiClients/billing/secret: a secret written out']);
  });
});

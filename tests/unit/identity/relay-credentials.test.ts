import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { relayCredentials } from '../../../cti-bridge/identity/index.ts';
import { type AgentId, asId } from '../../../shared/ids.ts';

const lena = asId<AgentId>('agent-lena');
const noon = 1_760_000_000_400;

describe('the password of a relay', () => {
  it('says in its name when it ends and whose it is, and is signed with the shared secret', () => {
    const { username, credential, expiresAt } = relayCredentials('north', lena, noon, 3_600);
    expect(username).toBe('1760003600:agent-lena');
    expect(credential).toBe(createHmac('sha1', 'north').update('1760003600:agent-lena').digest('base64'));
    expect(expiresAt).toBe(1_760_003_600_000);
  });

  it('is another one for another secret, agent or second, and never holds the secret', () => {
    const made = [
      relayCredentials('north', lena, noon, 3_600),
      relayCredentials('south', lena, noon, 3_600),
      relayCredentials('north', asId<AgentId>('agent-lin'), noon, 3_600),
      relayCredentials('north', lena, noon + 1_000, 3_600),
    ];
    expect(new Set(made.map(({ credential }) => credential)).size).toBe(4);
    expect(JSON.stringify(made[0])).not.toContain('north');
  });
});

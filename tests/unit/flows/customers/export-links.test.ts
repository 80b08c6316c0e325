import { describe, expect, it } from 'vitest';
import { createExports } from '../../../../cti-bridge/flows/customers/exports.ts';
import type { CustomerParts } from '../../../../cti-bridge/flows/customers/parts.ts';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import { silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { asId, type UserId } from '../../../../shared/ids.ts';

const dana: Asker = { userId: asId<UserId>('u-dana'), name: 'Dana', agentId: null, may: () => true };

function house(audit: (entry: { readonly kind: string }) => Promise<void> = async () => undefined) {
  const clock = new VirtualClock();
  const [audited, asked]: [string[], unknown[]] = [[], []];
  let made = 0;
  const privacy = {
    audit: async (entry: { readonly kind: string }) => {
      await audit(entry);
      audited.push(entry.kind);
    },
    exportPage: async (scope: unknown) => {
      asked.push(scope);
      return [];
    },
  };
  const parts = {
    ...{ clock, log: silentLog, ids: { next: () => `id-${++made}` }, store: { privacy } },
    scopeOf: () => ({ units: ['north'] }),
  } as unknown as CustomerParts;
  return { clock, audited, asked, exports: createExports(parts, () => `token-${++made}`) };
}
const read = async (content: AsyncIterable<string> | null) => {
  if (!content) return null;
  let all = '';
  for await (const piece of content) all += piece;
  return all;
};
const tokenOf = (link: Awaited<ReturnType<ReturnType<typeof createExports>['openLink']>>) =>
  link.ok ? (link.value.path.split('/').at(-1) ?? '') : '';

describe('a link to an export', () => {
  it('is in the audit when it is made, and reads nothing before it is used', async () => {
    const { exports, audited, asked } = house();
    const token = tokenOf(await exports.openLink(dana, ''));
    expect([audited, asked]).toEqual([['export'], []]);
    expect(await read(exports.takeLink(token))).toContain('contactId,name');
    expect([audited, asked]).toEqual([['export', 'export'], [{ units: ['north'] }]]);
  });

  it('leads somewhere once', async () => {
    const { exports } = house();
    const token = tokenOf(await exports.openLink(dana, ''));
    expect(exports.takeLink(token)).not.toBeNull();
    expect(exports.takeLink(token)).toBeNull();
  });

  it('leads somewhere for a minute', async () => {
    const { exports, clock } = house();
    const [early, late] = [tokenOf(await exports.openLink(dana, '')), tokenOf(await exports.openLink(dana, ''))];
    await clock.advance(59_999);
    expect(exports.takeLink(early)).not.toBeNull();
    await clock.advance(1);
    expect(exports.takeLink(late)).toBeNull();
  });

  it('is not made when the audit cannot be written', async () => {
    const { exports } = house(() => Promise.reject(new Error('The disk is full')));
    expect(await exports.openLink(dana, '')).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
  });

  it('is refused when a thousand wait, until they are too old', async () => {
    const { exports, clock } = house();
    for (let made = 0; made < 1_000; made++) await exports.openLink(dana, '');
    expect(await exports.openLink(dana, '')).toMatchObject({ ok: false, error: { code: 'too_many_requests' } });
    await clock.advance(60_000);
    expect(await exports.openLink(dana, '')).toMatchObject({ ok: true });
  });
});

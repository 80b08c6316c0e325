import { describe, expect, it } from 'vitest';
import type { KnownNumber } from '../../../../cti-bridge/crm/index.ts';
import { createSearch } from '../../../../cti-bridge/flows/customers/search.ts';
import { silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { SearchHit } from '../../../../shared/contracts/search.ts';

const hit = (matched: SearchHit['matched'], detail: string | null): SearchHit => ({
  ...{ kind: 'person', id: 'p-1', contactId: 'p-1', title: '陈志远', subtitle: null, tier: 'gold', isKeyAccount: false },
  ...{ matched, detail },
});

const organisation = { homeCountry: 'CN', dialling: { outsidePrefix: null, areaCode: '0574' } };

/** A store that answers with these hits and remembers what it was asked; null: it never answers. */
function searchOver(hits: readonly SearchHit[] | Error | null, numbers: readonly KnownNumber[] = []) {
  const asked: unknown[][] = [];
  const clock = new VirtualClock();
  const store = {
    search: {
      find: async (...question: unknown[]) => {
        asked.push(question);
        if (hits === null) return new Promise<never>(() => {});
        if (hits instanceof Error) throw hits;
        return hits;
      },
      numbersOf: async (...ids: readonly string[][]) => numbers.filter(({ ownerId }) => ids.flat().includes(ownerId)),
    },
  };
  const parts = {
    ...{ clock, log: silentLog, store, scopeOf: () => ({ units: ['ningbo'] }) },
    configuration: () => ({ organisation }),
  };
  const { 'customer:search': search, 'customer:find-reachable': reach } = createSearch(parts as never);
  const reachable = (text: string, may = true) => reach({ may: () => may } as never, { text, limit: 2 });
  return { asked, clock, ask: (text: string) => search({} as never, { text, limit: 8 }), reachable };
}

describe('the search box', () => {
  it('asks for the customers of the asker’s offices, with numbers read as at home', async () => {
    const { asked, ask } = searchOver([]);
    expect(await ask('czy')).toEqual({ ok: true, value: { hits: [] } });
    expect(asked).toEqual([['czy', { units: ['ningbo'] }, 8, organisation]]);
  });

  it('shows a number as it is written here, and leaves everything else as it was found', async () => {
    const { ask } = searchOver([hit('number', '+8613900004126'), hit('number', '6012'), hit('email', 'a@b.example'), hit('name', null)]);
    expect(await ask('4126')).toMatchObject({
      value: { hits: [{ detail: '139 0000 4126' }, { detail: '6012' }, { detail: 'a@b.example' }, { detail: null }] },
    });
  });

  it('says so when the store fails or does not answer', async () => {
    expect(await searchOver(new Error('disk')).ask('x')).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
    const { ask, clock } = searchOver(null);
    const answer = ask('x');
    await clock.run(10_000);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
  });
});

describe('whom a call can be given to outside', () => {
  const numbers: readonly KnownNumber[] = [
    { ownerId: 'p-1', number: '+8613900004126', kind: 'mobile', label: null },
    { ownerId: 'a-1', number: '+8657487001234', kind: 'phone', label: '总机' },
  ];
  const company: SearchHit = { ...hit('company', null), kind: 'account', id: 'a-1', contactId: null, title: '东海集团' };
  const noNumber: SearchHit = { ...hit('name', null), id: 'p-2', title: '王伟' };
  const aCase: SearchHit = { ...hit('caseNumber', null), kind: 'case', id: 'p-1' };

  it('is people and companies with their numbers, written as at home, and nobody without one', async () => {
    const { reachable } = searchOver([noNumber, aCase, hit('name', null), company], numbers);
    expect(await reachable('donghe')).toEqual({
      ok: true,
      value: {
        customers: [
          {
            ...{ kind: 'person', id: 'p-1', name: '陈志远', company: null },
            numbers: [{ number: '+8613900004126', shown: '139 0000 4126', kind: 'mobile', label: null }],
          },
          {
            ...{ kind: 'account', id: 'a-1', name: '东海集团', company: null },
            numbers: [{ number: '+8657487001234', shown: expect.stringContaining('8700'), kind: 'phone', label: '总机' }],
          },
        ],
      },
    });
  });

  it('is nobody before a word is typed, and for who may not read records; the store is not asked', async () => {
    const { reachable, asked } = searchOver([hit('name', null)], numbers);
    expect(await reachable('  ')).toEqual({ ok: true, value: { customers: [] } });
    expect(await reachable('chen', false)).toEqual({ ok: true, value: { customers: [] } });
    expect(asked).toEqual([]);
  });
});

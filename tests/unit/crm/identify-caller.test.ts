import { describe, expect, it } from 'vitest';
import { callerFacts, identifyCaller, type NumberMatch } from '../../../cti-bridge/crm/index.ts';

const margaret = match('margaret', {});

describe('who is calling', () => {
  it('is certain when one contact has the number to themselves', async () => {
    const found = await identify('+44 7700 900142', { '+447700900142': [margaret] });
    expect(found).toMatchObject({ kind: 'certain', normalised: '+447700900142', contactId: 'margaret', summary: { name: 'margaret' } });
    expect(Object.keys('summary' in found ? found.summary : {})).not.toContain('isShared');
  });

  it('is one of several candidates when several have the number, in the order of the repository', async () => {
    const found = await identify(
      '020 7946 0170',
      { '+442079460170': [match('arthur', { lastUsedAt: 2 }), match('joanna', { lastUsedAt: 1 })] },
      'GB',
    );
    expect(found).toMatchObject({
      kind: 'candidates',
      candidates: [
        { contactId: 'arthur', lastUsedAt: 2 },
        { contactId: 'joanna', lastUsedAt: 1 },
      ],
    });
  });

  it('is only a candidate when the one who has the number shares it', async () => {
    const found = await identify('0574-87001234', { '+8657487001234': [match('zhou', { isShared: true })] });
    expect(found).toMatchObject({ kind: 'candidates', candidates: [{ contactId: 'zhou' }] });
  });

  it('is unknown when nobody has the number, with the key that can be taught', async () => {
    expect(await identify('13900009999', {})).toEqual({ kind: 'unknown', normalised: '+8613900009999' });
    expect(await identify('6012', {})).toEqual({ kind: 'unknown', normalised: '6012' });
  });

  it('is unknown without a key when the address is no number, and the repository is not asked', async () => {
    const asked: string[] = [];
    const repository = {
      findByNumber: async (number: string) => {
        asked.push(number);
        return [];
      },
    };
    expect(await identifyCaller({ number: 'alice', presentedName: null }, 'CN', repository, { limit: 9 })).toEqual({
      kind: 'unknown',
      normalised: null,
    });
    expect(await identifyCaller({ number: null, presentedName: 'M. Okafor' }, 'CN', repository, { limit: 9 })).toEqual({
      kind: 'anonymous',
    });
    expect(asked).toEqual([]);
  });

  it('is the rejection of the repository when that fails: the caller of this sets the limit and the fallback', async () => {
    const repository = { findByNumber: () => Promise.reject(new Error('disk')) };
    await expect(identifyCaller({ number: '13900004126', presentedName: null }, 'CN', repository, { limit: 9 })).rejects.toThrow('disk');
  });
});

describe('what the number alone says', () => {
  it.each([
    ['+44 7700 900142', { number: '+447700900142', display: '+44 7700 900142', kind: 'mobile', country: 'GB' }],
    ['13900004126', { number: '+8613900004126', display: '139 0000 4126', kind: 'mobile', country: 'CN' }],
    ['0574 8700 1234', { number: '+8657487001234', display: '0574 8700 1234', kind: 'fixed', country: 'CN' }],
    ['4008000100', { number: '+864008000100', kind: 'tollFree' }],
    ['10086', { number: '10086', display: '10086', kind: 'shortCode' }],
    ['6012', { number: '6012', display: '6012', kind: 'extension', country: null }],
    ['anonymous', { number: null, display: '', kind: 'anonymous', country: null }],
    ['alice', { number: null, display: 'alice', kind: 'unknown', country: null }],
  ])('of %s', (number, facts) => {
    expect(callerFacts({ number, presentedName: 'as sent' }, 'CN', 3)).toMatchObject({ ...facts, presentedName: 'as sent', callsToday: 3 });
  });
});

function identify(number: string, book: Readonly<Record<string, readonly NumberMatch[]>>, home = 'CN') {
  const repository = { findByNumber: async (key: string, limit: number) => (book[key] ?? []).slice(0, limit) };
  return identifyCaller({ number, presentedName: null }, home, repository, { limit: 9 });
}

function match(contactId: string, more: Partial<NumberMatch>): NumberMatch {
  return {
    ...{ contactId, name: contactId, title: null, accountId: null, accountName: null, isKeyAccount: false, tier: 'gold', locale: 'en' },
    ...{ lastUsedAt: null, isShared: false, ...more },
  };
}

import { describe, expect, it } from 'vitest';
import { callerFacts } from '../../../cti-bridge/crm/index.ts';

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

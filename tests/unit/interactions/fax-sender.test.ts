import { expect, test } from 'vitest';
import { faxSender } from '../../../cti-bridge/interactions/fax-sender.ts';

const by = (address: string, subject = '', name: string | null = null) => faxSender({ from: { address, name }, subject });
const gateway = 'noreply@fax.example';

test('the number that a fax came from is found where its gateway says it', () => {
  expect(by(gateway, 'Fax from +49 (89) 1234-567, 3 pages')).toBe('+49891234567');
  expect(by(gateway, 'Neues Fax von: 089 1234567')).toBe('0891234567');
  expect(by(gateway, '您有一份来自 010-6552 1234 的传真')).toBe('01065521234');
  expect(by(gateway, '', 'Fax +49 89 1234567')).toBe('+49891234567');
  expect(by('+49891234567@fax.example')).toBe('+49891234567');
  expect(by('4912345@fax.gateway')).toBe('4912345');
  expect(by('FAX=+49891234567/T33S=2@gw.example')).toBe('+49891234567');
  // Our own number may stand in the address.
  expect(by('+442079460000@fax.example', 'Fax from +44 20 7946 0911')).toBe('+442079460911');
});

test('a fax whose gateway does not say who sent it is the gateway’s: a day, a count or a name is no number', () => {
  expect(by(gateway, 'Fax from 2026-11-22 10:15')).toBeNull();
  expect(by(gateway, 'Fax from Meridian, 12 pages')).toBeNull();
  expect(by(gateway, 'Fax from 12')).toBeNull();
  expect(by('fax@crosspoint.example', '3 pages', 'Fax gateway 2')).toBeNull();
  expect(faxSender({ from: null, subject: '' })).toBeNull();
  expect(by(gateway, `from ${'('.repeat(100_000)}`)).toBeNull();
});

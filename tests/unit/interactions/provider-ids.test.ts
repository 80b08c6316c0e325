import { expect, it } from 'vitest';
import { findProviderId, providerIdForms, sameProviderId } from '../../../cti-bridge/interactions/index.ts';

it.each([
  ['1234', '1234'],
  ['0x4d2 is no number', '0X4D2 is no number'],
  ['1234', '0000001234'],
  ['00ab-cd', 'AB-CD'],
  ['1234', '4D2'],
  ['1234', '00000004d2'],
  ['4d2', '1234'],
  ['00000000075BCD15', '123456789'],
  ['f47ac10b-58cc-4372-a567-0e02b2c3d479', 'F47AC10B-58CC-4372-A567-0E02B2C3D479'],
])('knows that %j and %j are the same', (given, named) => {
  expect(sameProviderId(given, named)).toBe(true);
  const forms = providerIdForms(given);
  expect(providerIdForms(named).some((form) => forms.includes(form))).toBe(true);
});

it.each([
  ['1234', '1235'],
  ['', '0'],
  ['xyz', 'zyx'],
  ['99999999999999999999999', '100000000000000000000000'],
])('keeps %j and %j apart', (given, named) => expect(sameProviderId(given, named)).toBe(false));

it('goes by what is written alike before what is alike as a number', () => {
  expect(findProviderId('16', ['10', '16'])).toBe('16');
  expect(findProviderId('16', ['10', '17'])).toBe('10');
  expect(findProviderId('016', ['10', '00016'])).toBe('00016');
  expect(findProviderId('3', ['1', '2'])).toBeNull();
});

import { expect, it } from 'vitest';
import { PhoneKinds } from '../../../../cti-bridge/channels/voice/phone-kinds.ts';
import type { SipStack } from '../../../../cti-bridge/sip/index.ts';

it('knows a house of telephones, as long as no desktop is in it', () => {
  const transports = new Map<string, ReturnType<SipStack['transportOf']>>();
  let tell: (extension: string, isRegistered: boolean) => void = () => {};
  const kinds = new PhoneKinds({
    transportOf: (extension) => transports.get(extension) ?? null,
    onRegistration(listener) {
      tell = listener;
      return {
        dispose() {
          tell = () => {};
        },
      };
    },
  });
  const register = (extension: string, transport: ReturnType<SipStack['transportOf']>) => {
    transports.set(extension, transport);
    tell(extension, transport !== null);
    return kinds.areAllDeskPhones;
  };
  expect(kinds.areAllDeskPhones).toBe(false);
  expect(register('6012', 'UDP')).toBe(true);
  expect(register('6013', 'WSS')).toBe(false);
  expect(register('6013', null)).toBe(true);
  expect(register('6012', 'WS')).toBe(false);
  expect(register('6012', null)).toBe(false);
  register('6012', 'TLS');
  kinds.stop();
  expect(register('6013', 'WS')).toBe(true);
});

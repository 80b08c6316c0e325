import { describe, expect, it } from 'vitest';
import { DeskPhones } from '../../../../cti-bridge/channels/voice/index.ts';
import { err, ok, silentLog } from '../../../../cti-bridge/kernel/index.ts';
import type { AgentPhone } from '../../../../shared/contracts/configuration.ts';
import { FakeSipStack } from '../../../support/fake-sip.ts';

function stage() {
  const sip = new FakeSipStack();
  const secrets = new Map([['DESK_6012', 'swordfish']]);
  const phones = new DeskPhones({
    sip,
    log: silentLog,
    desktops: (username) => (username.startsWith('60') ? { password: 'of a log-in' } : null),
    resolveSecret: (reference) => {
      const name = 'env' in reference ? reference.env : reference.file;
      const secret = secrets.get(name);
      return secret === undefined ? err(`The environment variable ${name} is not set.`) : ok(secret);
    },
  });
  const configure = (byExtension: Readonly<Record<string, AgentPhone>>) =>
    phones.configure(Object.entries(byExtension).map(([extension, phone]) => ({ extension, phone })));
  return { sip, secrets, phones, configure };
}

const registered = { kind: 'registered', password: { env: 'DESK_6012' } } as const;
const desktop = { kind: 'desktop' } as const;
const at = (uri: string) => ({ kind: 'address', uri }) as const;

describe('desk phones as configured', () => {
  it('give the registrar the passwords and the stack the addresses', () => {
    const { sip, phones, configure } = stage();
    configure({ '6012': registered, '6013': at('sip:6013@192.0.2.7'), '6014': desktop });
    expect(['6012', '6013', '6014', '7000'].map(phones.credentials)).toEqual([
      { password: 'swordfish' },
      null,
      { password: 'of a log-in', isRandom: true },
      null,
    ]);
    expect([...sip.fixed]).toEqual([['6013', 'sip:6013@192.0.2.7']]);
    expect(phones.problems).toEqual([]);
  });

  it('are asked to answer by themselves where that is set', () => {
    const { phones, configure } = stage();
    configure({ '6012': { ...registered, answersItself: true }, '6013': at('sip:6013@192.0.2.7'), '6014': desktop });
    expect(['6012', '6013', '6014'].map(phones.answersItself)).toEqual([true, false, false]);
  });

  it('tell what is wrong in plain words, and leave the other phones alone', () => {
    const { phones, configure } = stage();
    configure({
      '6012': registered,
      '6013': { kind: 'registered', password: { env: 'DESK_6013' } },
      '6014': at('sip:6014@phone.example'),
    });
    expect(phones.problems).toEqual([
      'The phone of extension 6013 cannot register: The environment variable DESK_6013 is not set.',
      'The phone of extension 6014 cannot be called: sip:6014@phone.example names no IP address.',
    ]);
    expect(phones.credentials('6012')).toEqual({ password: 'swordfish' });
    // No log-in takes the place of a desk phone that is set up wrongly.
    expect([phones.credentials('6013'), phones.credentials('6014')]).toEqual([null, null]);
  });

  it('are taken away with the configuration that has them no more', () => {
    const { sip, phones, configure } = stage();
    configure({ '6012': registered, '6013': at('sip:6013@192.0.2.7') });
    sip.register('6012');
    configure({ '6012': desktop, '6013': desktop });
    expect(phones.credentials('6012')).toEqual({ password: 'of a log-in', isRandom: true });
    expect([sip.isRegistered('6012'), sip.fixed.size]).toEqual([false, 0]);
  });

  it('must register again after a new password, and only then', () => {
    const { sip, secrets, configure } = stage();
    configure({ '6012': registered });
    sip.register('6012');
    configure({ '6012': registered });
    expect(sip.isRegistered('6012')).toBe(true);
    secrets.set('DESK_6012', 'another');
    configure({ '6012': registered });
    expect(sip.isRegistered('6012')).toBe(false);
  });

  it('take the place of a desktop’s phone', () => {
    const { sip, configure } = stage();
    sip.register('6012');
    configure({ '6012': registered });
    expect(sip.isRegistered('6012')).toBe(false);
  });
});

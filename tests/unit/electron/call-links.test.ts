import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallLinks, numberFromLink, offerForLinks } from '../../../electron/system/index.ts';

test.each([
  ['tel:+442079460123', '+442079460123'],
  ['TEL:+44-20-7946-0123', '+442079460123'],
  ['tel:(020)%207946%200123', '02079460123'],
  ['tel:+44.20.7946.0123;ext=12', '+442079460123'],
  ['tel:7946-0123;phone-context=+4420', '79460123'],
  ['callto:+8657487001234', '+8657487001234'],
  ['callto://+8657487001234/', '+8657487001234'],
  ['sip:6021@pbx.example', '6021'],
  ['sip:+442079460123@192.0.2.1:5060;transport=udp', '+442079460123'],
  ['sip:6021', '6021'],
])('%s is a call to %s', (link, number) => {
  expect(numberFromLink(link)).toBe(number);
});

const hostile = [
  'tel:',
  'tel:+',
  'tel:1',
  'tel:++442079460123',
  'tel:+44+20',
  'tel:442079460123,,1#',
  'tel:*21*442079460123%23',
  'tel:%2A31%23442079460123',
  'tel:#31#',
  'tel:442079460123p1',
  'tel:442079460123w1',
  'tel:1234567890123456789',
  `tel:${'1'.repeat(500)}`,
  'tel:%zz',
  'tel:%00442079460123',
  'tel:442079460123%0D%0AContact:%20x',
  'tel:442079460123\r\nVia: x',
  'tel:442079460123&to=2',
  'tel:442079460123/../5550100',
  'tel:442079460123@far.example',
  'tel:<script>1</script>',
  'tel:javascript:1',
  'tel:𝟏𝟐𝟑𝟒𝟓',
  'tel:٤٤٢٠٧٩٤٦',
  'sip:alice@far.example',
  'sip:6021@a@b',
  'sip:6021@far.example%0d%0aVia:x',
  'sip:6021:secret@far.example',
  'sip:6021@<far.example>',
  'sips:6021@far.example',
  'callto:someone.name',
  'callto:live:someone',
  'http://far.example/tel:442079460123',
  'https:442079460123',
  'file:///tel:442079460123',
  ' tel:442079460123',
  '--tel:442079460123',
  'tel',
  '442079460123',
  '',
];

test.each(hostile)('%j is a call to nobody', (link) => {
  expect(numberFromLink(link)).toBeNull();
});

test('whatever is written into a link, what comes out is a plus and digits or nothing', () => {
  const written = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(fc.constantFrom('tel:', 'sip:', 'callto:', 'tel://', ''), written, (scheme, text) => {
      const number = numberFromLink(scheme + text);
      expect(number === null || /^\+?\d{2,18}$/.test(number)).toBe(true);
    }),
    { seed: 8, numRuns: 2_000 },
  );
});

describe('links that other programs hand over', () => {
  const waiting = () => {
    let waits = 0;
    const links = new CallLinks({ waits: () => void (waits += 1) });
    return { links, waits: () => waits };
  };

  test('wait to be asked about, once', () => {
    const { links, waits } = waiting();
    expect(links.opened('tel:+442079460123')).toBe(true);
    expect(waits()).toBe(1);
    expect([links.take(), links.take()]).toEqual(['+442079460123', null]);
  });

  test('come as an argument among others on Windows and Linux', () => {
    const { links } = waiting();
    expect(links.openedBy(['--bridge-url=https://bridge.example', 'tel:02079460123'])).toBe(true);
    expect(links.take()).toBe('02079460123');
    expect(links.openedBy(['--tel:1234', '/home/tel:1234'])).toBe(false);
  });

  test('are one at a time: the last one opened is asked about', () => {
    const { links } = waiting();
    links.opened('tel:111111');
    links.opened('tel:222222');
    expect(links.take()).toBe('222222');
  });

  test.each(hostile)('%j makes nobody look', (link) => {
    const { links, waits } = waiting();
    expect(links.opened(link)).toBe(false);
    expect([waits(), links.take()]).toEqual([0, null]);
  });
});

test.each([
  [true, ['tel', 'sip', 'callto']],
  [false, []],
])('the system is told of them where there is a program to start (packaged: %s)', (isPackaged, schemes) => {
  const told: string[] = [];
  offerForLinks({ isPackaged, setAsDefaultProtocolClient: (scheme) => told.push(scheme) > 0 });
  expect(told).toEqual(schemes);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PathGuard } from '../../../../cti-bridge/media/webrtc/path-guard.ts';

/** The request of RFC 5769 section 2.1, whose password is known. */
const request = Buffer.from(
  '000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36' +
    '000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf',
  'hex',
);
const password = 'VOkJxbRl1RmTxUk/WvJxBt';
const browser = ['192.0.2.9', 50_000] as const;
const stranger = ['192.0.2.66', 50_000] as const;
const hello = Buffer.from([22, 254, 255, 0, 0]);
const guard = () => new PathGuard({ evtj: password });

test('a check made with our password makes its sender known, and their DTLS comes through', () => {
  const path = guard();
  expect(path.admits(hello, browser)).toBe(false);
  expect(path.admits(request, browser)).toBe(true);
  expect(path.admits(hello, browser)).toBe(true);
  expect(path.admits(hello, stranger)).toBe(false);
  expect(path.admits(hello, [browser[0], 50_001])).toBe(false);
  expect(path.refused).toBe(3);
});

test('a check with another password, for another user name, or with none, is a stranger’s', () => {
  const withoutIntegrity = Buffer.concat([request.subarray(0, request.indexOf('00080014', 'hex')), request.subarray(-8)]);
  withoutIntegrity.writeUInt16BE(withoutIntegrity.length - 20, 2);
  expect(new PathGuard({ evtj: 'another' }).admits(request, stranger)).toBe(false);
  expect(new PathGuard({}).admits(request, stranger)).toBe(false);
  expect(guard().admits(withoutIntegrity, stranger)).toBe(false);
  // A name that every object has.
  const inherited = Buffer.from(request);
  inherited.write('__proto__', request.indexOf('evtj:h6vY'));
  expect(guard().admits(inherited, stranger)).toBe(false);
});

test('no byte of a check can be changed, but for what follows its signature, and no piece of one is taken', () => {
  const signed = request.length - 8;
  fc.assert(
    fc.property(fc.integer({ min: 8, max: signed - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = Buffer.from(request);
      changed.writeUInt8((changed[at] ?? 0) ^ by, at);
      expect(guard().admits(changed, stranger)).toBe(false);
    }),
  );
  for (let length = 0; length < signed; length++) expect(guard().admits(request.subarray(0, length), stranger)).toBe(false);
});

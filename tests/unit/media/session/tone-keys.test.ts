import { describe, expect, it } from 'vitest';
import { encodeG711 } from '../../../../cti-bridge/media/codec/g711.ts';
import { LegTable } from '../../../../cti-bridge/media/session/leg-table.ts';
import { addTones, tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';
import { KeptTransport, listen, terms, tonePacket } from './far-side.ts';

/** A second in which the far side sounds the key 5 for a tenth of one. */
function sounded(eventPayloadType: number | null): string[] {
  const { told, tell } = listen();
  const table = new LegTable('s', 60_000, tell, (error) => {
    throw error;
  });
  const leg = table.add('a');
  leg.attach(new KeptTransport());
  leg.agree({ ...terms, eventPayloadType });
  const start = performance.now();
  for (let n = 0; n < 50; n++) {
    const isPressed = n >= 20 && n < 25;
    const sound = isPressed ? addTones(tone(770, 20, 6000, n * 160), tone(1336, 20, 6000, n * 160)) : new Int16Array(160);
    leg.packet(tonePacket(n, { payload: encodeG711('PCMA', sound) }), start + n * 20);
    table.tick(start + n * 20 + 10);
  }
  return told.flatMap((notice) => (notice.name === 'digit' ? [notice.event.digit] : []));
}

describe('keys in the sound of a leg', () => {
  it('are told once where no telephone-event was agreed on', () => {
    expect(sounded(null)).toEqual(['5']);
  });

  it('are not listened for where it was, so that no key is told twice', () => {
    expect(sounded(101)).toEqual([]);
  });
});

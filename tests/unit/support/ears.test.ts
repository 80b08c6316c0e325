import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711, type Law } from '../../../cti-bridge/media/index.ts';
import { Ears, Journal, KnownSounds } from '../../support/scripted-phone/index.ts';
import { babble, tone } from '../../support/tones.ts';

const welcome = babble(2);
const known = new KnownSounds();
known.add('prompt en/welcome', welcome);

/** What is noted while these samples come in over G.711, starting anywhere in a frame. */
function hears(samples: Int16Array, law: Law = 'PCMU'): readonly string[] {
  const journal = new Journal('ears');
  const ears = new Ears(journal, known, () => law);
  const coded = decodeG711(law, encodeG711(law, samples));
  for (let at = 0; at + 160 <= coded.length; at += 160) ears.hear(coded.subarray(at, at + 160));
  return journal.notes.map(({ what }) => what);
}

describe('the ears of the scripted phone', () => {
  it.each(['PCMU', 'PCMA'] as const)('name a recording over %s wherever it starts', (law) => {
    expect(hears(welcome.subarray(77), law)).toEqual(['hears prompt en/welcome']);
  });

  it('call a voice they do not know a voice', () => {
    expect(hears(babble(4).subarray(17_000)).at(-1)).toBe('hears a voice');
  });

  it('tell a tone by its frequency', () => {
    expect(hears(tone(620, 600))).toEqual(['hears tone 620 Hz']);
  });

  it('do not take the pause between words for silence', () => {
    const spoken = welcome.slice(0, 12_000);
    spoken.fill(0, 6_000, 9_000);
    expect(hears(spoken)).toEqual(['hears prompt en/welcome']);
  });
});

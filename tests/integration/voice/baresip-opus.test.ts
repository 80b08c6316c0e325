import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { VoiceQuality } from '../../../cti-bridge/interactions/index.ts';
import { rootMeanSquare } from '../../../cti-bridge/media/index.ts';
import { BaresipCall, BaresipDeskPhone } from '../../support/baresip.ts';
import type { Journal } from '../../support/scripted-phone/journal.ts';
import { readChannel, writeToneFile } from '../../support/tones.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/** Debian's baresip on both sides, with the Opus of others in it: what it makes of our offers, and of bytes that we only handed through. */

const folder = mkdtempSync(join(tmpdir(), 'crosspoint-opus-'));
let house: VoiceHouse;
const programs: { dispose(): Promise<void> }[] = [];

/**
 * Packets of Opus that it could not read. One or two are its own: baresip 1.0 sends its last frame of G.711 under the number of Opus, we hand it
 * through as it came, and the other baresip complains of it, or of the packet after it, where its bytes are not Opus by chance.
 */
const unread = (journal: Journal): number => journal.count(/opus codec decode/);
const misnamedAtMost = 2;

beforeAll(async () => {
  house = await openVoiceHouse({ codecs: ['PCMU', 'opus'], recordingsFolder: folder });
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program.dispose();
  await house.tidy();
  await house.isEmpty();
});
afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('both go over to Opus by a re-INVITE, each reads what the other says, and are on G.711 again in what is recorded', async () => {
  const sip = house.sip.udpAddress;
  const [callersWav, agentsWav] = [440, 1_000].map((frequency) => writeToneFile(join(folder, `${frequency}.wav`), frequency, 60_000));
  const phone = new BaresipDeskPhone({ sip, extension: '201', password: 'secret-of-201', wavFile: agentsWav ?? '', hasOpus: true });
  programs.push(phone);
  await phone.registered();
  const caller = new BaresipCall({ sip, to: '1000', from: '+447700900142', wavFile: callersWav ?? '', hasOpus: true });
  programs.push(caller);
  const call = await house.nextCall();
  await call.answer();
  await caller.answered();
  const leg = house.ring(call);
  await phone.rings();
  phone.lift();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);

  const both = [caller, phone].map(({ program }) => program.journal);
  expect(both.map((journal) => journal.count(/encoder: opus/))).toEqual([0, 0]);
  await Promise.all(both.map((journal) => journal.wait(/encoder: opus 48000Hz 2ch/, 5_000)));
  // Its own recording of what it hears ends with the first codec; that it can read what comes, it says by saying nothing.
  const quality = new Promise<VoiceQuality>((resolve) => {
    let told = 0;
    call.onQuality((latest) => ++told > 4 && resolve(latest));
  });
  expect(await quality).toMatchObject({ trouble: null });
  for (const journal of both) expect(unread(journal)).toBeLessThanOrEqual(misnamedAtMost);

  const since = both.map((journal) => journal.length);
  const recording = call.record('baresip');
  expect(await recording.started).toBe('running');
  expect(both.map((journal, i) => journal.notes.slice(since[i]).some(({ what }) => /encoder: PCM[AU]/.test(what)))).toEqual([true, true]);
  const file = join(folder, 'baresip.wav');
  await expect.poll(() => statSync(file).size, { timeout: 6_000 }).toBeGreaterThan(3 * 16_000);
  recording.stop();
  await recording.ended;
  // Its tones are out of tune by then, being stretched; but they are there.
  for (const channel of [0, 1]) expect(rootMeanSquare(readChannel(file, channel).samples.slice(-16_000))).toBeGreaterThan(2_000);
});

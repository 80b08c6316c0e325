import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Coturn } from './coturn.ts';
import { LossyDatagrams, LossyStreams } from './lossy-line.ts';
import { selfSigned } from './self-signed.ts';

const secret = 'of bridge and relay';
const lifeSeconds = 3_600;

/**
 * The network between a desktop and its bridge, all of which can be lost at once: the words through one line, SIP and the socket alike, and
 * through another the sound, which takes a relay, so that there is a line of sound to lose.
 */
export class FarLines {
  /** What the bridge is to be started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly #coturn: Coturn;
  readonly #words: LossyStreams;
  readonly #sound: LossyDatagrams;

  private constructor(coturn: Coturn, words: LossyStreams, sound: LossyDatagrams, secretFile: string) {
    this.#coturn = coturn;
    this.#words = words;
    this.#sound = sound;
    const turn = { urls: [`turn:127.0.0.1:${sound.port}`], secret: { file: secretFile }, lifeSeconds, relayOnly: true };
    this.env = { CROSSPOINT_HTTP_NAMES: `127.0.0.1:${words.port}`, CROSSPOINT_TURN: JSON.stringify(turn) };
  }

  /** `folder`: where the secret that the bridge shares with the relay is put. */
  static async open(folder: string): Promise<FarLines> {
    const secretFile = join(folder, 'turn.secret');
    writeFileSync(secretFile, `${secret}\n`);
    const coturn = await Coturn.start({ secret, certificate: selfSigned(), limitMs: 3_600_000 });
    const [words, sound] = await Promise.all([LossyStreams.open(), LossyDatagrams.to(coturn.port)]);
    return new FarLines(coturn, words, sound, secretFile);
  }

  /** Where the desktop finds this bridge from now on. */
  leadTo(bridge: string): string {
    this.#words.leadTo(Number(new URL(bridge).port));
    return `http://127.0.0.1:${this.#words.port}`;
  }

  lose(isLost: boolean): void {
    for (const line of [this.#words, this.#sound]) line.lose(isLost);
  }

  comeBackElsewhere(): void {
    for (const line of [this.#words, this.#sound]) line.comeBackElsewhere();
  }

  /** The words alone: a bridge that is not running sends no sound either, and nothing of it is left to come late. */
  async refuse(isRefused: boolean): Promise<void> {
    await this.#words.refuse(isRefused);
  }

  async close(): Promise<void> {
    await Promise.all([this.#words.close(), this.#sound.close(), this.#coturn.dispose()]);
  }
}

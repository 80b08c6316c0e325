import type { Ears } from './ears.ts';
import type { Mouth } from './mouth.ts';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The sound side of a scripted phone: plain RTP, WebRTC, or none at all. */
export interface PhoneMedia {
  readonly ears: Ears;
  readonly mouth: Mouth;
  /** Resolves when sound can pass both ways. */
  readonly connected: Promise<void>;
  offer(direction?: Direction): Promise<string>;
  answer(offer: string): Promise<string>;
  accept(answer: string): Promise<void>;
  close(): Promise<void>;
}

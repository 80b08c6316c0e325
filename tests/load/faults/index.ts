import { bridgeRefuses } from './bridge-refuses.ts';
import { callback } from './callback.ts';
import { desktopAsleep } from './desktop-asleep.ts';
import { diskFull } from './disk-full.ts';
import type { FaultRow } from './fault-row.ts';
import { floodBesideSound } from './flood-beside-sound.ts';
import { guessingRows } from './guessing.ts';
import { idleConnections } from './idle-connections.ts';
import { floodRows } from './invite-flood.ts';
import { killedRows } from './killed-in-a-call.ts';
import { lossRows } from './loss.ts';
import { paymentMasked } from './payment-masked.ts';
import { raceRows } from './races.ts';
import { smsMisbehaviours } from './sms.ts';
import { writtenKills } from './written-kills.ts';

/** The rows of the fault matrix that exist as drivers. */
export const faultRows: readonly FaultRow[] = [
  ...lossRows,
  ...raceRows,
  ...guessingRows,
  ...floodRows,
  floodBesideSound,
  idleConnections,
  ...killedRows,
  diskFull,
  paymentMasked,
  smsMisbehaviours,
  writtenKills,
  callback,
  desktopAsleep,
  bridgeRefuses,
];

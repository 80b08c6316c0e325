import type { BusinessEvent, MainPathStep } from './events.ts';

const stepByType: Partial<Record<BusinessEvent['type'], MainPathStep>> = {
  'interaction:received': 'received',
  'interaction:identified': 'identified',
  'interaction:contactChosen': 'identified',
  'ivr:entered': 'in IVR',
  'ivr:nodeLeft': 'in IVR',
  'ivr:left': 'in IVR',
  'workItem:queued': 'queued',
  'workItem:widened': 'queued',
  'workItem:moved': 'queued',
  'workItem:diverted': 'queued',
  'workItem:callbackPromised': 'queued',
  'workItem:calledBack': 'queued',
  'workItem:canceled': 'queued',
  'workItem:returned': 'queued',
  'reservation:offered': 'reserved',
  'reservation:ended': 'reserved',
  'pop:delivered': 'popped',
  'pop:painted': 'popped',
  'interaction:answered': 'answered',
  'call:audioFlowing': 'talking',
  'call:held': 'talking',
  'call:resumed': 'talking',
  'call:agentLost': 'talking',
  'call:agentRejoined': 'talking',
  'call:survivedRestart': 'queued',
  'call:mediaMoved': 'talking',
  'interaction:ended': 'ended',
  'wrapUp:started': 'wrapped up',
  'wrapUp:extended': 'wrapped up',
  'interaction:completed': 'wrapped up',
};

/** Which of the ten steps an event belongs to; undefined for what happens to agents outside any call. */
export function stepOf(type: BusinessEvent['type']): MainPathStep | undefined {
  return stepByType[type];
}
